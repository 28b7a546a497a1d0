import { setImmediate } from 'node:timers/promises';
import { type QuestionFormat, type QuestionsRefusal, questionLimits } from '#shared/transfer.ts';
import { type ForeignQuestion, questionOfForeign } from './foreign-question.ts';
import { readGift } from './gift.ts';
import { readMoodle } from './moodle.ts';
import type { ReadQuestion } from './question.ts';
import { questionOfRow } from './table-questions.ts';
import { readWorkbook } from './workbook-reader.ts';

export type QuestionsRead = { ok: true; format: QuestionFormat; questions: ReadQuestion[] } | { ok: false; refusal: QuestionsRefusal };

/** Which kind of file it is, by its name. */
export function formatOf(name: string): QuestionFormat | null {
  const extension = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase();
  if (extension === 'xlsx') return 'xlsx';
  if (extension === 'xml') return 'moodle';
  return extension === 'gift' || extension === 'txt' ? 'gift' : null;
}

/** Reads the tasks out of a table or out of a file of another system. */
export async function readQuestions(format: QuestionFormat, bytes: Buffer): Promise<QuestionsRead> {
  if (format === 'xlsx') {
    const table = await readWorkbook(bytes);
    return table.ok ? { ok: true, format, questions: await inTurns(table.rows, questionOfRow) } : table;
  }
  const text = textOf(bytes);
  if (text === null) return { ok: false, refusal: { code: 'questions-encoding' } };
  const read = format === 'gift' ? { ok: true as const, questions: readGift(text) } : readMoodle(text);
  if (!read.ok) return read;
  const refusal = countRefusal(read.questions);
  return refusal ? { ok: false, refusal } : { ok: true, format, questions: await inTurns(read.questions, questionOfForeign) };
}

function countRefusal({ length }: ForeignQuestion[]): QuestionsRefusal | null {
  if (length === 0) return { code: 'questions-none' };
  return length > questionLimits.questions ? { code: 'questions-many', limit: questionLimits.questions } : null;
}

/** Some milliseconds of work; then whatever waits in this process has its turn. */
const atOnce = 20;

async function inTurns<From, To>(items: From[], make: (item: From) => To): Promise<To[]> {
  const made: To[] = [];
  for (const item of items) {
    made.push(make(item));
    if (made.length % atOnce === 0) await setImmediate();
  }
  return made;
}

function textOf(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
