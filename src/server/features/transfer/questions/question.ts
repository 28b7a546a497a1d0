import type { QuestionColumn, QuestionNote, RowProblem } from '#shared/transfer.ts';
import type { FileMention, ParsedTask } from '../task-source.ts';

export interface PlacedProblem {
  column: QuestionColumn | null;
  problem: RowProblem;
}

/** A picture that came inside a question. */
export interface QuestionFile {
  name: string;
  bytes: Buffer;
  mime: string;
  width: number | null;
  height: number | null;
}

/** A question of a table or of another system, as a task of ours. */
export interface ReadQuestion {
  /** Row of the table; number of the question in another file. */
  place: number;
  title: string;
  /** Text of a course file: the parser of tasks has the last word on it. Null where there was nothing to make one of. */
  source: string | null;
  /** What it said. Null where it is no task. */
  parsed: { task: ParsedTask; files: FileMention[] } | null;
  files: QuestionFile[];
  problems: PlacedProblem[];
  notes: QuestionNote[];
}
