import { randomUUID } from 'node:crypto';
import { AppError } from '#shared/errors.ts';
import type { AddExamFileInput, ExamFilesDto, RemoveExamFileResult } from '#shared/exam-works.ts';
import { workLimits } from '#shared/work-limits.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { dayIn } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/db.ts';
import { claimUploads } from '../../files/claims.ts';
import { lockProgress } from '../../progress/actions.ts';
import { countWork, lastRound } from '../../reviews/actions.ts';
import { releaseToUploads } from '../../reviews/uploads.ts';
import { holdLongAnswer } from './access.ts';
import { readExamFiles } from './queries.ts';

const fileColumns = { name: true, storageKey: true, mime: true, size: true, width: true, height: true } as const;

/**
 * Lays a file that has arrived with a long answer. Asked again after a lost answer, it is there once.
 * @throws AppError EXAMS_NOT_FOUND, EXAMS_OVER, FILES_REFUSED beyond the number that a work may have, FILES_NOT_FOUND
 */
export async function addExamFile(app: App, actor: PersonActor, { uploadId, at, ...named }: AddExamFileInput): Promise<ExamFilesDto> {
  await app.limits.takeAnswer(actor.id);
  await app.db.$transaction(async (tx) => {
    const { attemptId, taskId } = await holdLongAnswer(app, tx, actor, named);
    if (await tx.examAnswerFile.findFirst({ where: { id: uploadId, attemptId, taskId }, select: { id: true } })) return;
    if ((await tx.examAnswerFile.count({ where: { attemptId, taskId } })) >= workLimits.files) {
      throw new AppError('FILES_REFUSED', { refusal: 'too-many' });
    }
    const [upload] = await claimUploads(app, tx, actor, [uploadId], { purpose: 'exam', subjectId: attemptId });
    if (!upload) throw new AppError('FILES_NOT_FOUND');
    // The row carries the upload's id: that is how a repeated request is known.
    await tx.examAnswerFile.create({ data: { ...upload, attemptId, taskId, position: at }, select: { id: true } });
    await noteChange(tx, attemptId, taskId, app.clock.now());
  });
  return readExamFiles(app, actor, named);
}

/**
 * Takes a file off a long answer. It is an upload again, to be put back by `addExamFile`.
 * @throws AppError EXAMS_NOT_FOUND, EXAMS_OVER, FILES_NOT_FOUND
 */
export async function removeExamFile(
  app: App,
  actor: PersonActor,
  { fileId, ...named }: { attemptId: string; taskId: string; fileId: string },
): Promise<RemoveExamFileResult> {
  await app.limits.takeAnswer(actor.id);
  const uploadId = await app.db.$transaction(async (tx) => {
    const { attemptId, taskId } = await holdLongAnswer(app, tx, actor, named);
    const file = await tx.examAnswerFile.findFirst({ where: { id: fileId, attemptId, taskId }, select: fileColumns });
    if (!file) throw new AppError('FILES_NOT_FOUND');
    await tx.examAnswerFile.delete({ where: { id: fileId }, select: { id: true } });
    await noteChange(tx, attemptId, taskId, app.clock.now());
    const [upload] = await releaseToUploads(app, tx, actor, [file], { purpose: 'exam', subjectId: attemptId });
    if (!upload) throw new AppError('FILES_NOT_FOUND');
    return upload.id;
  });
  return { ...(await readExamFiles(app, actor, named)), uploadId };
}

/** Other tabs and devices hear of it with what they save next. The text is another matter: nobody's is overtaken by a photo. */
async function noteChange(tx: Tx, attemptId: string, taskId: string, savedAt: Date): Promise<void> {
  const { rev } = await tx.examAttempt.update({ where: { id: attemptId }, data: { rev: { increment: 1 } }, select: { rev: true } });
  await tx.examAnswer.update({
    where: { attemptId_taskId: { attemptId, taskId } },
    data: { rev, savedAt, seen: true },
    select: { rev: true },
  });
}

interface EndedAttempt {
  id: string;
  personId: string;
  finishedAt: Date;
}

/**
 * The step of an ending attempt that hands its long answers in for review, each as a work of its own. An empty one is no work and earns nothing.
 * @param tx ends the attempt and holds its row
 */
export async function handInLongAnswers(tx: Tx, attempt: EndedAttempt): Promise<void> {
  // In one order for everybody who locks the progress of several tasks.
  const answers = await tx.$queryRaw<{ taskId: string; given: unknown; points: number; files: number }[]>`
    SELECT e.task_id AS "taskId", e.given, k.points,
      (SELECT count(*)::int FROM exam_answer_file f WHERE f.attempt_id = e.attempt_id AND f.task_id = e.task_id) AS files
    FROM exam_answer e JOIN task k ON k.id = e.task_id
    WHERE e.attempt_id = ${attempt.id}::uuid AND k.spec ->> 'kind' = 'long' AND e.work_id IS NULL ORDER BY e.task_id`;
  if (answers.length === 0) return;
  const person = await tx.person.findUniqueOrThrow({ where: { id: attempt.personId }, select: { timeZone: true } });
  const localOn = new Date(`${dayIn(person.timeZone, attempt.finishedAt)}T00:00:00Z`);
  for (const { taskId, given, points, files } of answers) {
    const text = typeof given === 'string' ? given : '';
    const key = { attemptId_taskId: { attemptId: attempt.id, taskId } };
    if (text.trim() === '' && files === 0) {
      await tx.examAnswer.update({ where: key, data: { points: 0, maxPoints: points, verdict: null }, select: { taskId: true } });
      continue;
    }
    const workId = await handIn(tx, attempt, taskId, text, localOn);
    await tx.examAnswer.update({
      where: key,
      data: { workId, points: null, maxPoints: points, verdict: null },
      select: { taskId: true },
    });
  }
}

async function handIn(tx: Tx, { id, personId, finishedAt }: EndedAttempt, taskId: string, text: string, localOn: Date): Promise<string> {
  await lockProgress(tx, personId, taskId);
  const round = (await lastRound(tx, personId, taskId)) + 1;
  const work = await tx.work.create({
    // Of no browser: one that could be foreseen might stand at a work of practice already, and the attempt would never end.
    data: { personId, taskId, clientId: randomUUID(), round, text, handedInAt: finishedAt, localOn },
    select: { id: true },
  });
  const files = await tx.examAnswerFile.findMany({
    where: { attemptId: id, taskId },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    select: fileColumns,
  });
  await tx.workFile.createMany({ data: files.map((file, position) => ({ ...file, workId: work.id, position })) });
  await tx.examAnswerFile.deleteMany({ where: { attemptId: id, taskId } });
  return work.id;
}

/**
 * The step of an opening review that makes accepted long answers count as answers of their student. Those that are graded later count when they are.
 * @param tx opens the review and holds the attempt's row
 */
export async function countLongAnswers(tx: Tx, attempt: { id: string; personId: string }): Promise<void> {
  const works = await tx.work.findMany({
    where: { state: 'accepted', exam: { is: { attemptId: attempt.id } } },
    orderBy: { taskId: 'asc' },
    select: { id: true, personId: true, taskId: true, handedInAt: true, localOn: true, points: true, task: { select: { points: true } } },
  });
  for (const work of works) {
    await lockProgress(tx, work.personId, work.taskId);
    await countWork(tx, work, work.points ?? 0);
  }
}
