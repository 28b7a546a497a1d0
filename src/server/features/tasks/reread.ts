import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { AnswerValue } from '#shared/answers/format.ts';
import { readAnswer } from '#shared/answers/read.ts';
import type { AnswerSpec } from '#shared/answers/spec.ts';
import type { Tx } from '../../platform/db.ts';

const rowsAtOnce = 1000;

/** What two equal answers have in common. */
export function hashOf(canonical: string): string {
  return createHash('sha256').update(canonical).digest('base64url');
}

/**
 * Reads everything anew that was answered, where a task takes its answers otherwise than before: as a set what was a sequence, with letters that
 * now differ. Else a new answer could be taken for an old one that only looked the same, or an old one sent again would cost an attempt. Of
 * answers of one student that have become the same, the best stands for all; what is no answer any more equals none.
 * @param tx holds the task's row, so that nobody answers meanwhile
 */
export async function rereadAnswers(tx: Tx, taskId: string, before: AnswerSpec, after: AnswerSpec): Promise<void> {
  // Works carry a name of their own, and no key reads them.
  if (before.kind === 'long' || after.kind === 'long' || isDeepStrictEqual(formOf(before), formOf(after))) return;
  const readings = await readAll(tx, taskId, after);
  if (readings.length === 0) return;
  const wanted = JSON.stringify(readings);
  await moveReplies(tx, taskId, wanted);
  // In two steps: an index is asked at every row, and two answers may change places. No hash has a «#».
  await tx.$executeRaw`UPDATE submission SET canonical_hash = '#' || id WHERE task_id = ${taskId}::uuid`;
  await tx.$executeRaw`WITH r AS MATERIALIZED (
      SELECT given, canonical, hash FROM jsonb_to_recordset(${wanted}::jsonb) AS r(given jsonb, canonical text, hash text)
    ), best AS (
      SELECT s.id, r.canonical, r.hash, row_number() OVER (PARTITION BY s.person_id, r.hash ORDER BY s.verdict, s.points DESC, s.id) AS place
      FROM submission s JOIN r ON r.given = s.given WHERE s.task_id = ${taskId}::uuid
    )
    UPDATE submission s SET canonical = b.canonical, canonical_hash = b.hash FROM best b WHERE s.id = b.id AND b.place = 1`;
}

/**
 * What teachers said to an answer goes with it under its new name: of several that have become one answer, the latest. A reply to what is no answer
 * any more is kept under a name that no answer has.
 */
async function moveReplies(tx: Tx, taskId: string, wanted: string): Promise<void> {
  const replies = await tx.$queryRaw<{ id: string; hash: string | null }[]>`
    WITH r AS MATERIALIZED (SELECT given, hash FROM jsonb_to_recordset(${wanted}::jsonb) AS r(given jsonb, hash text))
    SELECT a.id::text, (SELECT r.hash FROM submission s JOIN r ON r.given = s.given
      WHERE s.task_id = a.task_id AND s.canonical_hash = a.canonical_hash ORDER BY s.id LIMIT 1) AS hash
    FROM answer_reply a WHERE a.task_id = ${taskId}::uuid ORDER BY a.updated_at`;
  if (replies.length === 0) return;
  await tx.$executeRaw`UPDATE answer_reply SET canonical_hash = '#' || id WHERE task_id = ${taskId}::uuid`;
  const latest = new Map(replies.flatMap(({ id, hash }) => (hash === null ? [] : [[hash, id] as const])));
  for (const [hash, id] of latest) await tx.answerReply.update({ where: { id }, data: { canonicalHash: hash }, select: { id: true } });
}

/** What decides how an answer is read, and not whether it is right. */
function formOf(spec: AnswerSpec): unknown {
  switch (spec.kind) {
    case 'word':
      return [spec.kind, spec.spelling];
    case 'choice':
    case 'choices':
      return [spec.kind, spec.options.map(({ id }) => id)];
    case 'sequence':
    case 'set':
      return [spec.kind, spec.length, spec.alphabet];
    case 'cells':
      return [spec.kind, spec.rows, spec.cols];
    default:
      return [spec.kind];
  }
}

interface Reading {
  given: AnswerValue;
  canonical: string;
  hash: string;
}

async function readAll(tx: Tx, taskId: string, spec: AnswerSpec): Promise<Reading[]> {
  const readings: Reading[] = [];
  await tx.$executeRaw`DECLARE given_answers NO SCROLL CURSOR FOR SELECT DISTINCT given FROM submission WHERE task_id = ${taskId}::uuid`;
  for (;;) {
    const rows = await tx.$queryRawUnsafe<{ given: AnswerValue }[]>(`FETCH ${rowsAtOnce} FROM given_answers`);
    for (const { given } of rows) {
      const reading = readAnswer(spec, given);
      if (reading.ok) readings.push({ given, canonical: reading.canonical, hash: hashOf(reading.canonical) });
    }
    if (rows.length < rowsAtOnce) break;
    // Others get their turn.
    await turn();
  }
  await tx.$executeRaw`CLOSE given_answers`;
  return readings;
}
