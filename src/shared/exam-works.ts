/** Long answers in exams: photos and files while the attempt runs, and the work they become. */
import * as z from 'zod';
import { workDto, workFileDto } from './reviews.ts';
import { workLimits } from './work-limits.ts';

/*
 * Files come in by tus as everywhere (src/shared/files.ts) with the purpose `exam` and the attempt as the subject. `exams.long.addFile` gives one its
 * place at a task; the text of the answer is saved by `exams.sync` like any other.
 */

const task = { attemptId: z.uuid(), taskId: z.uuid() };

export const examFilesInput = z.strictObject(task);
export const addExamFileInput = z.strictObject({
  ...task,
  uploadId: z.uuid(),
  /** Files stand in the order of these, whichever arrived first. */
  at: z.int().min(0).max(2_000_000_000),
});
export type AddExamFileInput = z.infer<typeof addExamFileInput>;
export const removeExamFileInput = z.strictObject({ ...task, fileId: z.uuid() });

export const examWorkFileDto = workFileDto.extend({ at: z.int() });

export const examFilesDto = z.object({
  files: z.array(examWorkFileDto),
  /** How many more there may be. */
  room: z.int().min(0).max(workLimits.files),
});
export type ExamFilesDto = z.infer<typeof examFilesDto>;

/** `uploadId`: the file is an upload again, and `addFile` puts it back within a day. */
export const removeExamFileResult = examFilesDto.extend({ uploadId: z.string() });
export type RemoveExamFileResult = z.infer<typeof removeExamFileResult>;

export const examWorkInput = z.strictObject({ workId: z.uuid() });

/** A long answer after the exam, with what a teacher says of it. */
export const examWorkDto = z.object({
  taskId: z.string(),
  work: workDto,
  criteria: z.array(z.object({ id: z.string(), html: z.string(), max: z.int() })),
});
export type ExamWorkDto = z.infer<typeof examWorkDto>;
