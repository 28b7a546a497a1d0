import type { SpecProblem } from '#shared/answers/spec.ts';
import type { MarkdownProblem } from '../../platform/markdown/inspect.ts';

export type Section = 'statement' | 'hint' | 'solution' | 'description';

/** Something in the text of a course file that its author has to mend. Lines count from 1. */
export type SourceProblem =
  | MarkdownProblem
  | ({ line: number } & (
      | { code: 'too-long'; limit: number }
      | { code: 'character'; character: string }
      | { code: 'front-matter-missing' }
      | { code: 'front-matter-open' }
      | { code: 'yaml'; reason: string }
      | { code: 'key-unknown'; key: string }
      | { code: 'key-twice'; key: string }
      | { code: 'key-missing'; key: string }
      | { code: 'key-unfit'; key: string; kind: string }
      | { code: 'key-without-section'; key: string; section: Section }
      | { code: 'value-shape'; key: string; expected: 'text' | 'list' | 'map' }
      | { code: 'value-lines'; key: string }
      | { code: 'value-too-long'; key: string; limit: number }
      | { code: 'value-choice'; key: string; allowed: readonly string[] }
      | { code: 'value-integer'; key: string; min: number; max: number }
      | { code: 'value-invalid'; key: string; expected: string }
      | { code: 'value-repeated'; key: string; value: string }
      | { code: 'answer'; problem: SpecProblem }
      | { code: 'section-missing'; section: Section }
      | { code: 'section-twice'; section: Section }
      | { code: 'section-empty'; section: Section }
    ));

/** Something wrong with a file or a folder of a course, or with what one says about another. */
export type FolderProblem =
  | { line: number; code: 'file-missing'; name: string }
  | { line: number; code: 'subject-unknown'; subject: string }
  | { code: 'not-a-folder' }
  | { code: 'entry-unknown' }
  | { code: 'entry-special' }
  | { code: 'entry-missing'; name: string }
  | { code: 'slug' }
  | { code: 'slug-twice'; slug: string }
  | { code: 'too-many'; limit: number }
  | { code: 'too-large'; limit: number }
  | { code: 'not-utf8' }
  | { code: 'file-name' }
  | { code: 'file-type' }
  | { code: 'file-content'; expected: string }
  | { code: 'file-active'; found: string }
  | { code: 'file-unused' }
  | { code: 'not-read'; reason: string };

/** A problem with the file it is in, relative to where the reading began. */
export type CourseProblem = { file: string; line?: number } & (SourceProblem | FolderProblem);
