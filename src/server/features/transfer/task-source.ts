import { type AnswerSpec, criteriaPoints } from '#shared/answers/spec.ts';
import { solutionRules, taskKeys } from '#shared/task-keys.ts';
import { fileNamePattern } from '../../platform/markdown/address.ts';
import { inspectMarkdown } from '../../platform/markdown/inspect.ts';
import type { Fields } from './fields.ts';
import { bodyOf, splitSource } from './front-matter.ts';
import type { SourceProblem } from './problems.ts';
import { type Sections, splitSections } from './sections.ts';
import { normaliseSource } from './source-text.ts';
import { criteriaFields, readAnswerSpec } from './task-answer.ts';

/** What the source of a task says; the columns of `task` are a copy of it. */
export interface ParsedTask {
  title: string;
  spec: AnswerSpec;
  points: number;
  examNumber: number | null;
  origin: string | null;
  statement: string;
  hint: string | null;
  hintAfter: number;
  solution: string | null;
  solutionRule: 'always' | 'solved' | 'after';
  solutionAfter: number | null;
  chatAfter: number | null;
  fileNames: string[];
  /** May be shown and tried without an account. */
  isPublic: boolean;
}

/** A file that a text shows, links to or lists. */
export interface FileMention {
  name: string;
  line: number;
}

/** `files` has every mention, of the statement, the hint, the solution, the options and the list of files. */
export type TaskParse =
  | { ok: true; task: ParsedTask; files: FileMention[] }
  /** `partial`: as much as could be read, for who is still writing it. */
  | { ok: false; problems: SourceProblem[]; partial: PartialTask; files: FileMention[] };
export type PartialTask = Omit<ParsedTask, 'spec'> & { spec: AnswerSpec | null };

const mostLinesOfFrontMatter = 500;

/** Reads the source of a task (docs/course-files.md) and names everything that is wrong with it, in the order of its lines. */
export function parseTaskSource(source: string): TaskParse {
  const problems: SourceProblem[] = [];
  const text = normaliseSource(source);
  const split = splitSource(text, taskKeys, problems);
  if (!split) return { ok: false, problems, partial: withoutFrontMatter(text), files: [] };
  const { fields } = split;
  // Each of a thousand options is a text of its own to be read.
  if (split.bodyLine > mostLinesOfFrontMatter) {
    problems.push({ line: mostLinesOfFrontMatter, code: 'too-dense', limit: mostLinesOfFrontMatter });
    return { ok: false, problems, partial: withoutFrontMatter(text), files: [] };
  }
  const sections = splitSections(split.body, split.bodyLine, problems);
  const files: FileMention[] = [];
  const spec = readAnswerSpec(fields, problems);
  const title = fields.requiredText('title', 120);
  const task = {
    title,
    points: readPoints(fields, spec, problems),
    examNumber: fields.integer('number', { min: 1, max: 99, otherwise: null }),
    origin: fields.text('source', 200),
    statement: sections.statement?.text ?? '',
    hint: sections.hint?.text ?? null,
    hintAfter: fields.integer('hint-after', { min: 1, max: 20, otherwise: 1 }),
    solution: sections.solution?.text ?? null,
    ...readSolutionRule(fields, problems),
    chatAfter: fields.integer('chat-after', { min: 0, max: 20, otherwise: null }),
    fileNames: readFileNames(fields, files, problems),
    isPublic: fields.oneOf('public', ['yes', 'no'], 'no') === 'yes',
  };
  needSection('hint-after', 'hint', fields, sections, problems);
  needSection('solution', 'solution', fields, sections, problems);
  for (const section of Object.values(sections)) collect(inspectMarkdown(section.text, section.line), files, problems);
  if (spec && 'options' in spec) {
    for (const option of fields.pairs('options')) collect(inspectMarkdown(option.text, option.line, 'inline'), files, problems);
  }
  if (spec?.kind === 'long') {
    for (const criterion of criteriaFields(fields)) {
      collect(inspectMarkdown(criterion.raw('title') ?? '', criterion.lineOf('title'), 'inline'), files, problems);
    }
    if (task.isPublic) problems.push({ line: fields.lineOf('public'), code: 'value-invalid', key: 'public', expected: 'not-public' });
  }
  if (task.isPublic && files.length > 0) {
    // It is shown apart from its topic.
    problems.push({ line: fields.lineOf('public'), code: 'value-invalid', key: 'public', expected: 'no-files' });
  }
  if (problems.length > 0 || !spec)
    return { ok: false, problems: problems.sort((a, b) => a.line - b.line), partial: { ...task, spec }, files };
  return { ok: true, task: { ...task, spec }, files };
}

/** What a student could read of a text whose front matter cannot be. */
function withoutFrontMatter(text: string): PartialTask {
  const sections = splitSections(bodyOf(text), 1, []);
  return {
    title: '',
    spec: null,
    points: 1,
    examNumber: null,
    origin: null,
    statement: sections.statement?.text ?? '',
    hint: sections.hint?.text ?? null,
    hintAfter: 1,
    solution: sections.solution?.text ?? null,
    solutionRule: 'solved',
    solutionAfter: null,
    chatAfter: null,
    fileNames: [],
    isPublic: false,
  };
}

/** A long answer is worth what its criteria are; a number written beside them must say the same. */
function readPoints(fields: Fields, spec: AnswerSpec | null, problems: SourceProblem[]): number {
  if (spec?.kind !== 'long') return fields.integer('points', { min: 1, max: 20, otherwise: 1 });
  const sum = criteriaPoints(spec.criteria);
  if (fields.has('points') && fields.raw('points') !== String(sum)) {
    problems.push({ line: fields.lineOf('points'), code: 'value-invalid', key: 'points', expected: 'criteria-sum' });
  }
  return sum;
}

function collect(found: { problems: SourceProblem[]; files: FileMention[] }, files: FileMention[], problems: SourceProblem[]): void {
  problems.push(...found.problems);
  files.push(...found.files);
}

function readSolutionRule(fields: Fields, problems: SourceProblem[]): Pick<ParsedTask, 'solutionRule' | 'solutionAfter'> {
  const raw = fields.raw('solution');
  const after = /^after ([1-9]|1\d|20)$/.exec(raw ?? '')?.[1];
  if (after !== undefined) return { solutionRule: 'after', solutionAfter: Number(after) };
  const rule = solutionRules.find((one) => one === raw);
  if (rule) return { solutionRule: rule, solutionAfter: null };
  if (raw !== null) problems.push({ line: fields.lineOf('solution'), code: 'value-invalid', key: 'solution', expected: 'solution-rule' });
  return { solutionRule: 'solved', solutionAfter: null };
}

function readFileNames(fields: Fields, files: FileMention[], problems: SourceProblem[]): string[] {
  const names = fields.maps('files', ['name']).map((file) => {
    const name = file.requiredText('name', 100);
    if (name !== '' && !fileNamePattern.test(name)) {
      problems.push({ line: file.lineOf('name'), code: 'value-invalid', key: 'name', expected: 'file-name' });
    }
    files.push({ name, line: file.lineOf('name') });
    return name;
  });
  for (const name of new Set(names.filter((name, i) => names.indexOf(name) < i))) {
    problems.push({ line: fields.lineOf('files'), code: 'value-repeated', key: 'files', value: name });
  }
  return names;
}

function needSection(key: string, section: 'hint' | 'solution', fields: Fields, sections: Sections, problems: SourceProblem[]): void {
  if (fields.has(key) && !sections[section]) problems.push({ line: fields.lineOf(key), code: 'key-without-section', key, section });
}
