import { AppError } from '#shared/errors.ts';
import type { ExamFilesDto, ExamWorkDto } from '#shared/exam-works.ts';
import { workLimits } from '#shared/work-limits.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { fileUrlOf, signedFor, type TopicFileRow, topicFilesColumn } from '../../courses/topic-files.ts';
import { examFileUrl, widthsBelow } from '../../files/urls.ts';
import { toWorkDto, workSelect } from '../../reviews/queries.ts';
import { criteriaOf } from '../../reviews/rules.ts';
import { accessExamWork, accessLongAnswer } from './access.ts';

/** How many files lie with the answer `x` (exam_answer), for a statement. */
export const filesOfAnswer = `(SELECT count(*)::int FROM exam_answer_file f WHERE f.attempt_id = x.attempt_id AND f.task_id = x.task_id)`;

/**
 * What lies with a long answer while the attempt runs; afterwards it is part of the work.
 * @throws AppError EXAMS_NOT_FOUND
 */
export async function getExamFiles(app: App, actor: PersonActor, input: { attemptId: string; taskId: string }): Promise<ExamFilesDto> {
  await accessLongAnswer(app, actor, input);
  return readExamFiles(app, actor, input);
}

export async function readExamFiles(
  app: App,
  actor: PersonActor,
  { attemptId, taskId }: { attemptId: string; taskId: string },
): Promise<ExamFilesDto> {
  const rows = await app.db.examAnswerFile.findMany({
    where: { attemptId, taskId },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    select: { id: true, name: true, mime: true, size: true, width: true, height: true, position: true },
  });
  const files = rows.map(({ position, ...file }) => {
    const widths = widthsBelow(file.width, file.name);
    const url = (narrow?: number) => examFileUrl(app, actor, file, narrow);
    return { ...file, at: position, url: url(), previewUrl: url(widths.at(0)), viewUrl: url(widths.find((one) => one === 1600)) };
  });
  return { files, room: Math.max(0, workLimits.files - files.length) };
}

/**
 * A long answer after the exam, with what a teacher says of it.
 * @throws AppError REVIEWS_NOT_FOUND
 */
export async function getExamWork(app: App, actor: PersonActor, input: { workId: string }): Promise<ExamWorkDto> {
  const { id } = await accessExamWork(app, actor, input.workId);
  const row = await app.db.work.findUnique({
    where: { id },
    select: { ...workSelect, taskId: true, task: { select: { spec: true, topicId: true } } },
  });
  if (!row) throw new AppError('REVIEWS_NOT_FOUND');
  const { rows } = await app.pool.query<{ files: TopicFileRow[] }>({
    name: 'files-of-topic',
    text: `SELECT ${topicFilesColumn} FROM topic t WHERE t.id = $1`,
    values: [row.task.topicId],
  });
  const fileUrl = fileUrlOf(signedFor(app, actor, rows[0]?.files ?? []));
  const work = toWorkDto(app, actor, row);
  return {
    taskId: row.taskId,
    // Read by its student alone, and a moderator is none.
    work: actor.role === 'moderator' ? { ...work, seen: true } : work,
    criteria: criteriaOf(row.task.spec as Parameters<typeof criteriaOf>[0]).map(({ id: criterion, title, max }) => ({
      id: criterion,
      max,
      html: app.markdown.renderInline(title, { fileUrl }),
    })),
  };
}
