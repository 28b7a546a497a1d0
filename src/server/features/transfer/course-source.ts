import { inspectMarkdown } from '../../platform/markdown/inspect.ts';
import { splitSource } from './front-matter.ts';
import type { SourceProblem } from './problems.ts';
import { isSlug } from './slugs.ts';
import { normaliseSource, trimLines } from './source-text.ts';
import type { FileMention } from './task-source.ts';

export interface ParsedCourse {
  title: string;
  subject: string;
  /** Line of the file that names the subject. */
  subjectLine: number;
  target: number;
  summary: string;
  schedule: string | null;
  chatAfter: number;
  description: string;
  /** Students do not see it. */
  isDraft: boolean;
}

export type CourseParse = { ok: true; course: ParsedCourse } | { ok: false; problems: SourceProblem[] };

/** Reads a course.md (docs/course-files.md). */
export function parseCourseSource(source: string): CourseParse {
  const problems: SourceProblem[] = [];
  const split = splitSource(
    normaliseSource(source),
    ['title', 'subject', 'target', 'summary', 'schedule', 'chat-after', 'draft'],
    problems,
  );
  if (!split) return { ok: false, problems };
  const { fields, body, bodyLine } = split;
  const isDraft = fields.oneOf('draft', ['yes', 'no'], 'no') === 'yes';
  const course: ParsedCourse = {
    title: fields.requiredText('title', 120),
    subject: fields.requiredText('subject', 60),
    subjectLine: fields.lineOf('subject'),
    target: fields.integer('target', { min: 1, max: 100, otherwise: 0 }),
    summary: isDraft ? (fields.text('summary', 300) ?? '') : fields.requiredText('summary', 300),
    schedule: fields.text('schedule', 120),
    chatAfter: fields.integer('chat-after', { min: 0, max: 20, otherwise: 3 }),
    description: trimLines(body),
    isDraft,
  };
  if (!fields.has('target')) problems.push({ line: fields.line, code: 'key-missing', key: 'target' });
  if (course.subject !== '' && !isSlug(course.subject)) {
    problems.push({ line: course.subjectLine, code: 'value-invalid', key: 'subject', expected: 'subject' });
  }
  const inspection = inspectMarkdown(body, bodyLine);
  problems.push(...inspection.problems, ...inspection.files.map(fileOfCourse));
  return problems.length > 0 ? { ok: false, problems: problems.sort((a, b) => a.line - b.line) } : { ok: true, course };
}

/** Files belong to topics, so a description has none to show. */
function fileOfCourse({ name, line }: FileMention): SourceProblem {
  return { line, code: 'md-picture-not-in-files', url: `files/${name}` };
}
