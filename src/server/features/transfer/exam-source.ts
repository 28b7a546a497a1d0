import { examLimits, scaleLimits } from '#shared/exams.ts';
import type { Fields } from './fields.ts';
import { splitSource } from './front-matter.ts';
import { type Opens, openingInstant, parseOpens } from './opens.ts';
import type { SourceProblem } from './problems.ts';
import { isSlug } from './slugs.ts';
import { normaliseSource, trimLines } from './source-text.ts';

export interface ParsedExam {
  title: string;
  about: string;
  limitMinutes: number | null;
  opens: Opens | null;
  closes: Opens | null;
  /** Null: as often as a student likes. */
  attempts: number | null;
  shuffled: boolean;
  review: 'finish' | 'closing';
  scaleYear: number | null;
  /** `powers/first`, in order. */
  tasks: string[];
  /** Students do not see it. */
  isDraft: boolean;
}

export interface TaskMention {
  /** `powers/first` */
  task: string;
  line: number;
}

export type ExamParse = { ok: true; exam: ParsedExam; mentions: TaskMention[] } | { ok: false; problems: SourceProblem[] };

const keys = ['title', 'minutes', 'opens', 'closes', 'attempts', 'order', 'review', 'scale', 'tasks', 'draft'];

/**
 * Reads an NN-slug.exam.md (docs/course-files.md). The text before the start may have mistakes in its Markdown: the office keeps it as typed too, and
 * what the office has must be readable.
 */
export function parseExamSource(source: string): ExamParse {
  const problems: SourceProblem[] = [];
  const split = splitSource(normaliseSource(source), keys, problems);
  if (!split) return { ok: false, problems };
  const { fields, body, bodyLine } = split;
  const about = trimLines(body);
  if (about.length > examLimits.about) problems.push({ line: bodyLine, code: 'too-long', limit: examLimits.about });
  const mentions = readTasks(fields, problems);
  const exam: ParsedExam = {
    title: fields.requiredText('title', examLimits.title),
    about,
    limitMinutes: fields.integer('minutes', { ...examLimits.minutes, otherwise: null }),
    opens: readInstant('opens', fields, problems),
    closes: readInstant('closes', fields, problems),
    attempts: readAttempts(fields, problems),
    shuffled: fields.oneOf('order', ['fixed', 'shuffled'], 'fixed') === 'shuffled',
    review: fields.oneOf('review', ['finish', 'closing'], 'closing'),
    scaleYear: fields.integer('scale', { ...scaleLimits.years, otherwise: null }),
    tasks: mentions.map(({ task }) => task),
    isDraft: fields.oneOf('draft', ['yes', 'no'], 'no') === 'yes',
  };
  // A draft may be as unfinished as the office lets it be.
  if (!exam.isDraft && isBefore(exam.closes, exam.opens)) {
    problems.push({ line: fields.lineOf('closes'), code: 'value-invalid', key: 'closes', expected: 'after-opens' });
  }
  return problems.length > 0 ? { ok: false, problems: problems.sort((a, b) => a.line - b.line) } : { ok: true, exam, mentions };
}

function readInstant(key: 'opens' | 'closes', fields: Fields, problems: SourceProblem[]): Opens | null {
  const text = fields.text(key, 40);
  const instant = text === null ? null : parseOpens(text);
  if (text !== null && !instant) problems.push({ line: fields.lineOf(key), code: 'value-invalid', key, expected: 'opens' });
  return instant;
}

/** Days of the calendar and days from the loading can be compared only when somebody loads them. */
function isBefore(closes: Opens | null, opens: Opens | null): boolean {
  if (!closes || !opens || (closes.kind === 'at') !== (opens.kind === 'at')) return false;
  const noon = new Date('2026-01-01T12:00:00Z');
  return openingInstant(closes, noon, 'UTC') < openingInstant(opens, noon, 'UTC');
}

function readAttempts(fields: Fields, problems: SourceProblem[]): number | null {
  const raw = fields.raw('attempts');
  if (raw === null) return 1;
  if (raw === 'unlimited') return null;
  const { min, max } = examLimits.attempts;
  const attempts = /^\d{1,3}$/.test(raw) ? Number(raw) : 0;
  if (attempts >= min && attempts <= max) return attempts;
  problems.push({ line: fields.lineOf('attempts'), code: 'value-invalid', key: 'attempts', expected: 'attempts' });
  return 1;
}

/** Written out even where there are none: who forgot them is told. */
function readTasks(fields: Fields, problems: SourceProblem[]): TaskMention[] {
  if (!fields.has('tasks')) problems.push({ line: fields.line, code: 'key-missing', key: 'tasks' });
  const mentions = fields.list('tasks').map(({ text, line }) => ({ task: text.trim(), line }));
  const seen = new Set<string>();
  for (const { task, line } of mentions) {
    const [topic = '', slug = '', ...more] = task.split('/');
    if (more.length > 0 || !isSlug(topic) || !isSlug(slug)) {
      problems.push({ line, code: 'value-invalid', key: 'tasks', expected: 'task-place' });
    } else if (seen.has(task)) problems.push({ line, code: 'value-repeated', key: 'tasks', value: task });
    seen.add(task);
  }
  if (mentions.length > examLimits.tasks) {
    problems.push({ line: fields.lineOf('tasks'), code: 'value-invalid', key: 'tasks', expected: 'exam-size' });
  }
  return mentions;
}
