import { AppError } from '#shared/errors.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import type { Db, Tx } from '../../../platform/db.ts';
import type { OpenFile } from '../../courses/access.ts';
import { isDue } from '../rules.ts';

declare const proof: unique symbol;

/** A long task of this person's running attempt. Only `accessLongAnswer` and `holdLongAnswer` make one. */
export interface OpenLongAnswer {
  readonly [proof]: 'open long answer';
  attemptId: string;
  taskId: string;
}

interface Named {
  attemptId: string;
  taskId: string;
}

interface Row {
  deadline_at: Date | null;
  finished_at: Date | null;
}

/**
 * A long task of one's own attempt, running or over.
 * @throws AppError EXAMS_NOT_FOUND
 */
export async function accessLongAnswer(app: App, actor: PersonActor, named: Named): Promise<OpenLongAnswer> {
  const rows = await findRows(app.db, actor, named, false);
  if (!rows[0]) throw new AppError('EXAMS_NOT_FOUND');
  return named as OpenLongAnswer;
}

/**
 * The same for whoever is about to change its files: the attempt runs, and does not end before the transaction does.
 * @throws AppError EXAMS_NOT_FOUND, EXAMS_OVER
 */
export async function holdLongAnswer(app: App, tx: Tx, actor: PersonActor, named: Named): Promise<OpenLongAnswer> {
  const rows = await findRows(tx, actor, named, true);
  if (!rows[0]) throw new AppError('EXAMS_NOT_FOUND');
  if (isOver(app, rows[0])) throw new AppError('EXAMS_OVER');
  return named as OpenLongAnswer;
}

function findRows(db: Db | Tx, actor: PersonActor, { attemptId, taskId }: Named, held: boolean): Promise<Row[]> {
  // The end of an attempt takes the same lock.
  return db.$queryRawUnsafe<Row[]>(
    `SELECT a.deadline_at, a.finished_at FROM exam_attempt a JOIN exam_answer e ON e.attempt_id = a.id JOIN task k ON k.id = e.task_id
      WHERE a.id = $1::uuid AND a.person_id = $2::uuid AND e.task_id = $3::uuid AND k.spec ->> 'kind' = 'long' ${held ? 'FOR NO KEY UPDATE OF a' : ''}`,
    attemptId,
    actor.id,
    taskId,
  );
}

function isOver(app: App, { deadline_at, finished_at }: Row): boolean {
  return finished_at !== null || isDue(deadline_at, app.clock.now());
}

/**
 * May this person send files for an attempt? It is theirs, it runs, and a long task is in it.
 * @throws AppError EXAMS_NOT_FOUND, EXAMS_OVER
 */
export async function accessAttemptUploads(app: App, actor: PersonActor, attemptId: string): Promise<void> {
  const [row] = await app.db.$queryRaw<Row[]>`SELECT a.deadline_at, a.finished_at FROM exam_attempt a
    WHERE a.id = ${attemptId}::uuid AND a.person_id = ${actor.id}::uuid
      AND EXISTS (SELECT 1 FROM exam_answer e JOIN task k ON k.id = e.task_id WHERE e.attempt_id = a.id AND k.spec ->> 'kind' = 'long')`;
  if (!row) throw new AppError('EXAMS_NOT_FOUND');
  if (isOver(app, row)) throw new AppError('EXAMS_OVER');
}

/**
 * A file that lies with an answer of a running exam: for its student, and for moderators.
 * @throws AppError FILES_NOT_FOUND for an unknown id as well as for somebody else's
 */
export async function accessExamFile(app: App, actor: PersonActor, fileId: string): Promise<OpenFile> {
  const mine = actor.role === 'moderator' ? {} : { answer: { attempt: { personId: actor.id } } };
  const file = await app.db.examAnswerFile.findFirst({
    where: { id: fileId, ...mine },
    select: { name: true, mime: true, size: true, storageKey: true },
  });
  if (!file) throw new AppError('FILES_NOT_FOUND');
  return file;
}

/** A long answer that was handed in at the end of an exam, for whoever may read its review. Only `accessExamWork` makes one. */
export interface OpenExamWork {
  readonly [proof]: 'open exam work';
  id: string;
}

/**
 * For moderators, and for its student once the review of the attempt is open, but not while an exam under way asks the same task.
 * @throws AppError REVIEWS_NOT_FOUND for a work that is of no exam as well
 */
export async function accessExamWork(app: App, actor: PersonActor, workId: string): Promise<OpenExamWork> {
  const moderator = actor.role === 'moderator';
  const work = await app.db.work.findFirst({
    where: {
      id: workId,
      ...(moderator ? {} : { personId: actor.id }),
      exam: { is: moderator ? {} : { attempt: { releasedAt: { not: null } } } },
      ...(moderator ? {} : { task: { examAnswers: { none: { attempt: { personId: actor.id, finishedAt: null } } } } }),
    },
    select: { id: true },
  });
  if (!work) throw new AppError('REVIEWS_NOT_FOUND');
  return work as OpenExamWork;
}
