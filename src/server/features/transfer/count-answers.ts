import { Prisma } from '#prisma/generated/client.ts';
import type { Tx } from '../../platform/db.ts';

/** How many answers students have given to these tasks; tasks that nobody answered are not in the map. */
export async function answersTo(tx: Tx, taskIds: string[]): Promise<Map<string, number>> {
  if (taskIds.length === 0) return new Map();
  const where = { taskId: { in: taskIds } };
  const answered = await tx.submission.groupBy({ by: ['taskId'], where, _count: { _all: true } });
  // An accepted work stands among the submissions already.
  const handedIn = await tx.work.groupBy({ by: ['taskId'], where: { ...where, state: { not: 'accepted' } }, _count: { _all: true } });
  // Of exams whose review is open, too.
  const inExams = await tx.examAnswer.groupBy({
    by: ['taskId'],
    where: { ...where, given: { not: Prisma.AnyNull }, workId: null, attempt: { releasedAt: null } },
    _count: { _all: true },
  });
  const counts = new Map<string, number>();
  for (const { taskId, _count } of [...answered, ...handedIn, ...inExams]) counts.set(taskId, (counts.get(taskId) ?? 0) + _count._all);
  return counts;
}
