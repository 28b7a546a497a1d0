import { setImmediate as turn } from 'node:timers/promises';
import { checkAnswer, type Verdict } from '#shared/answers/check.ts';
import type { AnswerValue } from '#shared/answers/format.ts';
import type { AnswerSpec } from '#shared/answers/spec.ts';
import type { Tx } from '../../platform/db.ts';

/** What an answer of a task is graded by. */
export interface Grading {
  spec: AnswerSpec;
  points: number;
}

interface Grade {
  verdict: Verdict;
  points: number;
}

/** One answer as students typed it, with what it counts as now and what it would count as. */
export interface ChangedAnswer {
  given: AnswerValue;
  understood: string;
  count: number;
  before: Grade;
  after: Grade;
  /** No answer of this form under the new key: it earns nothing. */
  unread: boolean;
}

export interface Regrade {
  submissions: number;
  distinct: number;
  changes: ChangedAnswer[];
}

interface GroupRow {
  given: AnswerValue;
  understood: string;
  verdict: Verdict;
  points: number;
  count: number;
}

const rowsAtOnce = 1000;
/** Checking is work of the one thread that answers everybody: after so many milliseconds the others get their turn. */
const turnMs = 8;

/** What long answers earn is a teacher's word, not a key's. */
const hasKey = ({ spec }: Grading) => spec.kind !== 'long';

/**
 * Checks every different answer of a task once by another key. Reads by a cursor: a task may have as many different answers as students.
 * @param tx the cursor lives in its transaction
 */
export async function regrade(tx: Tx, taskId: string, before: Grading, after: Grading): Promise<Regrade> {
  const found: Regrade = { submissions: 0, distinct: 0, changes: [] };
  if (!hasKey(before) || !hasKey(after)) return found;
  await tx.$executeRaw`DECLARE answers NO SCROLL CURSOR FOR
    SELECT given, min(understood) AS understood, verdict, points, count(*)::int AS count
    FROM submission WHERE task_id = ${taskId}::uuid GROUP BY given, verdict, points ORDER BY given`;
  let last = '';
  let since = performance.now();
  for (;;) {
    const rows = await tx.$queryRawUnsafe<GroupRow[]>(`FETCH ${rowsAtOnce} FROM answers`);
    for (const row of rows) {
      const given = JSON.stringify(row.given);
      if (given !== last) found.distinct += 1;
      last = given;
      found.submissions += row.count;
      const change = changeOf(row, after);
      if (change) found.changes.push(change);
      if (performance.now() - since < turnMs) continue;
      await turn();
      since = performance.now();
    }
    if (rows.length < rowsAtOnce) break;
  }
  await tx.$executeRaw`CLOSE answers`;
  return found;
}

function changeOf({ given, understood, verdict, points, count }: GroupRow, { spec, points: full }: Grading): ChangedAnswer | null {
  const checked = checkAnswer(spec, full, given);
  const after: Grade = checked.graded ? { verdict: checked.verdict, points: checked.points } : { verdict: 'wrong', points: 0 };
  if (after.verdict === verdict && after.points === points) return null;
  return {
    given,
    understood: checked.graded ? checked.understood : understood,
    count,
    before: { verdict, points },
    after,
    unread: !checked.graded,
  };
}

/** What the changes say of an answer, for a statement: one row a different answer. */
export function gradesOf(changes: ChangedAnswer[]): string {
  return JSON.stringify([...new Map(changes.map(({ given, after }) => [JSON.stringify(given), { given, ...after }])).values()]);
}

/** What students gain and would lose by these changes. A student's points for a task are those of the best answer. */
export async function weigh(tx: Tx, taskId: string, changes: ChangedAnswer[]) {
  const [row] = await tx.$queryRaw<{ gainers: number; gained: number; losers: number; lost: number }[]>`
    WITH c AS MATERIALIZED (SELECT given, points FROM jsonb_to_recordset(${gradesOf(changes)}::jsonb) AS r(given jsonb, points int)),
    best AS (
      SELECT max(s.points) AS before, max(coalesce(c.points, s.points)) AS after
      FROM submission s LEFT JOIN c ON c.given = s.given WHERE s.task_id = ${taskId}::uuid GROUP BY s.person_id
    )
    SELECT (count(*) FILTER (WHERE after > before))::int AS gainers, coalesce(sum(after - before) FILTER (WHERE after > before), 0)::int AS gained,
      (count(*) FILTER (WHERE after < before))::int AS losers, coalesce(sum(before - after) FILTER (WHERE after < before), 0)::int AS lost
    FROM best`;
  return {
    gain: { students: row?.gainers ?? 0, points: row?.gained ?? 0 },
    lose: { students: row?.losers ?? 0, points: row?.lost ?? 0 },
  };
}
