/** What the author of a text has to mend, in words of a machine: i18n office/editor.ts has a sentence for each, problem-text.ts the terminal's. */
import type { SpecProblem } from './answers/spec.ts';

export type Section = 'statement' | 'hint' | 'solution' | 'description';

/** In a Markdown text. It renders all the same, with a note or the source in place of what is wrong. Lines count from 1. */
export type MarkdownProblem = { line: number } & (
  | { code: 'md-html'; found: string }
  | { code: 'md-formula'; formula: string; reason: string }
  | { code: 'md-heading-level-one' }
  | { code: 'md-picture-not-in-files'; url: string }
  | { code: 'md-picture-without-description'; url: string }
  | { code: 'md-link-refused'; url: string }
  /** So much markup that rendering it would hold up the school. */
  | { code: 'too-dense'; limit: number }
);

/** What the YAML of a front matter lacks; `other`: the words of its reader say more. */
export type YamlFault = 'map' | 'list' | 'entry' | 'quote' | 'tab' | 'indent' | 'colon' | 'other';

/** What a value has to be. */
export type Expected =
  | 'shorter'
  | 'grid'
  | 'no-files'
  | 'solution-rule'
  | 'file-name'
  | 'subject'
  | 'slug'
  | 'opens'
  | 'video'
  | 'scale'
  | 'after-opens'
  | 'attempts'
  | 'task-place'
  | 'exam-size'
  | 'criterion-id'
  | 'criteria-sum'
  | 'not-public';

/** In the text of a course file. */
export type SourceProblem =
  | MarkdownProblem
  | ({ line: number } & (
      | { code: 'too-long'; limit: number }
      | { code: 'character'; character: string }
      | { code: 'front-matter-missing' }
      | { code: 'front-matter-open' }
      | { code: 'yaml'; fault: YamlFault; reason: string }
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
      | { code: 'value-invalid'; key: string; expected: Expected }
      | { code: 'value-repeated'; key: string; value: string }
      | { code: 'answer'; problem: SpecProblem }
      | { code: 'section-missing'; section: Section }
      | { code: 'section-twice'; section: Section }
      | { code: 'section-empty'; section: Section }
    ));

/** A text names a file that its topic does not have. */
export interface FileMissing {
  line: number;
  code: 'file-missing';
  name: string;
}
