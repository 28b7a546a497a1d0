/** One option of a choice, as the student sees it; `text` is inline Markdown. */
export type AnswerOption = { id: string; text: string };

/** What a teacher gives points for in a long answer; `title` is inline Markdown. Criteria are public, as in the exam. */
export type Criterion = { id: string; title: string; max: number };

/** Look-alike letters of the other script are mapped to this one. */
export type Alphabet = 'latin' | 'cyrillic';

/**
 * What the browser may know about the answer it has to collect. Nothing here comes from the key unless the author declared it:
 * `length` is given only where the statement tells the student how many symbols are needed.
 */
export type AnswerFormat =
  | { kind: 'number' }
  | { kind: 'word' }
  | { kind: 'choice' | 'choices'; options: AnswerOption[] }
  | { kind: 'sequence' | 'set'; length?: number | undefined; alphabet?: Alphabet | undefined }
  | { kind: 'cells'; rows: number; cols: number }
  /** Text and photos that a teacher grades: see src/shared/reviews.ts. */
  | { kind: 'long'; criteria: Criterion[] };

/** As typed: text for number, word, sequence and set, an option's id for choice; ids for choices; rows of cells for cells. */
export type AnswerValue = string | string[] | string[][];

/** Why an answer could not be read. The student is asked to type it again; it costs no attempt. Rows and columns count from 0. */
export type FormatProblem =
  | { code: 'empty' }
  | { code: 'not-a-number' }
  | { code: 'length'; needed: number; given: number }
  | { code: 'unknown-option' }
  | { code: 'repeated-symbols'; symbol: string }
  | { code: 'cell-not-a-number'; row: number; col: number }
  | { code: 'too-long' }
  | { code: 'wrong-shape' };
