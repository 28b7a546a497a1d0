import type { SourceProblem } from '#shared/source-problems.ts';
import { problemsShown, type TextKind, type TextProblem } from '#shared/texts.ts';
import { inspectMarkdown } from '../../platform/markdown/inspect.ts';
import { isReadable, isStorable, normaliseSource } from '../transfer/source-text.ts';
import { type FileMention, type ParsedTask, type PartialTask, parseTaskSource } from '../transfer/task-source.ts';

export interface Inspection {
  problems: TextProblem[];
  /** Of a task, as far as it could be read. */
  partial: PartialTask | null;
  /** Of a task without problems. */
  task: ParsedTask | null;
  /** As it is stored when it is published. */
  source: string;
  /** False: only to be shown as it was typed. */
  readable: boolean;
}

/** Reads a text the way its publication does. @param hasFile whether its topic has a file of that name */
export function inspectText(kind: TextKind, typed: string, hasFile: (name: string) => boolean): Inspection {
  const inspection = kind === 'task' ? inspectTask(typed, hasFile) : inspectProse(kind, typed, hasFile);
  return { ...inspection, problems: inspection.problems.toSorted((a, b) => a.line - b.line).slice(0, problemsShown) };
}

function inspectTask(typed: string, hasFile: (name: string) => boolean): Inspection {
  const source = normaliseSource(typed);
  const parsed = parseTaskSource(source);
  const missing = missingFiles(parsed.files, hasFile);
  const problems = parsed.ok ? missing : [...parsed.problems, ...missing];
  const partial = parsed.ok ? parsed.task : parsed.partial;
  return { problems, partial, task: parsed.ok && missing.length === 0 ? parsed.task : null, source, readable: true };
}

function inspectProse(kind: 'theory' | 'course', typed: string, hasFile: (name: string) => boolean): Inspection {
  const source = normaliseSource(typed).trim();
  const unread: SourceProblem[] = [];
  if (!isStorable(source, unread) || !isReadable(source, 1, unread)) {
    return { problems: unread, partial: null, task: null, source, readable: false };
  }
  const { problems, files } = inspectMarkdown(source);
  // Lines are those of what was typed: empty ones at the beginning are cut off only when it is stored.
  const cut = normaliseSource(typed)
    .split('\n')
    .findIndex((line) => line.trim() !== '');
  const placed = <P extends { line: number }>(problem: P): P => ({ ...problem, line: problem.line + Math.max(0, cut) });
  // A description belongs to no topic, so it has no files to show.
  const mentions = kind === 'theory' ? missingFiles(files, hasFile) : files.map(({ name, line }) => noFileHere(name, line));
  const empty: TextProblem[] = kind === 'course' && source === '' ? [{ line: 1, code: 'section-missing', section: 'description' }] : [];
  return { problems: [...empty, ...[...problems, ...mentions].map(placed)], partial: null, task: null, source, readable: true };
}

function noFileHere(name: string, line: number): TextProblem {
  return { line, code: 'md-picture-not-in-files', url: `files/${name}` };
}

function missingFiles(files: FileMention[], hasFile: (name: string) => boolean): TextProblem[] {
  return files.filter(({ name }) => name !== '' && !hasFile(name)).map(({ name, line }) => ({ line, code: 'file-missing', name }));
}
