import * as z from 'zod';
import type { FileMissing, SourceProblem } from './source-problems.ts';
import { answerKinds } from './task-keys.ts';

const megabyte = 1_000_000;

/**
 * Of a course as files (docs/course-files.md). What a single file may have is `largestUpload`: what the office takes can be exported and read
 * back. From a folder all of it can; an archive that a browser sends is unpacked beside the site's own work and so has bounds.
 */
export const courseLimits = {
  /** Entries of one folder: numbers of topics and tasks have up to five digits. */
  folder: 99_999,
  archive: {
    entries: 20_000,
    /** Bytes that come out of it without videos and recordings, which do not shrink: of them the archive itself is bound enough. */
    unpacked: 1000 * megabyte,
  },
} as const;

/** Of files that hold questions. */
export const questionLimits = { xlsx: 10 * megabyte, gift: 5 * megabyte, moodle: 20 * megabyte, questions: 5000 } as const;

/** Something wrong with a file or a folder of a course, or with what one says about another. */
export type FolderProblem =
  | FileMissing
  /** An exam names it as `topic/task`. */
  | { line: number; code: 'task-unknown'; task: string }
  | { line: number; code: 'subject-unknown'; subject: string }
  | { code: 'not-a-folder' }
  | { code: 'entry-unknown' }
  | { code: 'entry-special' }
  | { code: 'entry-missing'; name: string }
  | { code: 'slug' }
  | { code: 'slug-twice'; slug: string }
  | { code: 'too-many'; limit: number }
  | { code: 'too-large'; limit: number }
  | { code: 'not-utf8' }
  | { code: 'file-name' }
  | { code: 'file-type' }
  | { code: 'file-content'; expected: string }
  | { code: 'file-active'; found: string }
  | { code: 'file-unused' }
  | { code: 'not-read'; reason: string };

/** A problem with the file it is in, relative to where the reading began. */
export type CourseProblem = { file: string; line?: number } & (SourceProblem | FolderProblem);

/** Why an archive is not even unpacked. */
export type ArchiveRefusal =
  | { code: 'archive-broken' }
  | { code: 'archive-encrypted'; name: string }
  /** `../`, an absolute path, a backslash, control characters. */
  | { code: 'archive-name'; name: string }
  /** Twice, or different only in capital letters, or both a file and a folder. */
  | { code: 'archive-name-twice'; name: string }
  | { code: 'archive-link'; name: string }
  | { code: 'archive-entries'; limit: number }
  | { code: 'archive-large'; name: string | null; limit: number }
  | { code: 'archive-bomb'; name: string }
  | { code: 'archive-no-course' }
  | { code: 'archive-several'; names: string[] };

/** Why a course whose files are all right is not imported. */
export type ImportRefusal =
  | { code: 'subject-unknown'; subject: string }
  | { code: 'school-not-empty' }
  /** The files lack tasks that students have answered, or exams that they have begun. */
  | {
      code: 'answers-would-be-lost';
      course: string;
      tasks: { topic: string; task: string; answers: number }[];
      exams: { exam: string; attempts: number }[];
    }
  /** The files are of another course than the one they were to replace. */
  | { code: 'other-course'; slug: string };

export const changeParts = [
  'text',
  'title',
  'answer',
  'place',
  'date',
  /** Of an exam. */
  'window',
  'tasks',
  'settings',
  'files',
  'videos',
  'shown',
  'hidden',
  'draft',
  /** An unpublished edit goes that the files do not have. */
  'draft-lost',
] as const;
export type ChangePart = (typeof changeParts)[number];

/** One thing that an import makes, changes, brings back or takes out of sight. */
export const importChange = z.object({
  kind: z.enum(['subject', 'course', 'topic', 'task', 'exam']),
  /** `powers`, `powers/first`; of an exam its own. */
  name: z.string(),
  title: z.string(),
  change: z.enum(['created', 'changed', 'restored', 'removed']),
  parts: z.array(z.enum(changeParts)),
  /** Of students, where it is removed or its right answer is another now; attempts at an exam that is removed. */
  answers: z.number().int(),
});
export type ImportChange = z.infer<typeof importChange>;

const changeCounts = z.object({
  created: z.number().int(),
  /** Among them what was deleted and is brought back. */
  updated: z.number().int(),
  unchanged: z.number().int(),
  removed: z.number().int(),
});
export type ChangeCounts = z.infer<typeof changeCounts>;

export const importReport = z.object({
  course: z.string(),
  title: z.string(),
  created: z.boolean(),
  topics: changeCounts,
  tasks: changeCounts,
  exams: changeCounts,
  changes: z.array(importChange),
  /** The same for the same files over the same state of the school: what was shown is what is done. */
  token: z.string(),
});
export type ImportReport = z.infer<typeof importReport>;

const slug = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[a-z0-9-]+$/);

/** `course`: the one that is to be replaced; left out, whatever course the archive holds. */
export const inspectCourseInput = z.strictObject({ uploadId: z.uuid(), course: slug.optional() });
export type InspectCourseInput = z.infer<typeof inspectCourseInput>;

export const importCourseInput = inspectCourseInput.extend({
  /** Of the report that the moderator has read. */
  token: z.string().max(64),
  removeAnswered: z.boolean(),
});
export type ImportCourseInput = z.infer<typeof importCourseInput>;

/** So many problems are told at once; their number is told whole. */
export const shownProblems = 500;

export const courseInspection = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('refused'), refusal: z.custom<ArchiveRefusal | ImportRefusal>() }),
  z.object({ outcome: z.literal('problems'), problems: z.array(z.custom<CourseProblem>()), total: z.number().int() }),
  z.object({ outcome: z.literal('ready'), report: importReport }),
]);
export type CourseInspection = z.infer<typeof courseInspection>;

export const courseImported = z.discriminatedUnion('outcome', [
  ...courseInspection.options,
  z.object({ outcome: z.literal('imported'), report: importReport }),
]);
/** `ready`: the school has changed since the report was made; nothing was imported, and this is what would happen now. */
export type CourseImported = z.infer<typeof courseImported>;

export const transferCourseInput = z.strictObject({ course: slug });
export const transferCourseDto = z.object({
  slug: z.string(),
  title: z.string(),
  published: z.boolean(),
  topics: z.array(z.object({ id: z.string(), title: z.string(), number: z.number().int(), tasks: z.number().int() })),
});
export type TransferCourseDto = z.infer<typeof transferCourseDto>;

/** Columns of a table of tasks; what comes from other files is told in the same words. */
export const questionColumns = [
  'title',
  'kind',
  'key',
  'points',
  'number',
  'statement',
  'options',
  'tolerance',
  'hint',
  'solution',
  'source',
  'more',
] as const;
export type QuestionColumn = (typeof questionColumns)[number];

/** What is wrong with a cell before anybody reads it as part of a task. */
export type CellProblem =
  | { code: 'cell-formula' }
  | { code: 'cell-date' }
  | { code: 'cell-error'; shown: string }
  | { code: 'cell-boolean' }
  | { code: 'cell-percent' }
  | { code: 'cell-merged' }
  | { code: 'kind-unknown'; found: string };

/** Why a question of another system has no counterpart here. */
export type QuestionProblem =
  | { code: 'question-kind'; kind: string }
  | { code: 'question-syntax'; line: number }
  | { code: 'question-too-long'; limit: number }
  | { code: 'question-no-answer' }
  | { code: 'question-several-answers' }
  | { code: 'question-wildcard' }
  | { code: 'question-pairs' }
  | { code: 'question-picture'; name: string }
  | { code: 'question-unreadable' };

export type RowProblem = CellProblem | QuestionProblem | SourceProblem | FileMissing;

/** What was left behind on purpose, and should be known. */
export const questionNotes = ['partial-dropped', 'blank-kept', 'feedback-dropped'] as const;
export type QuestionNote = (typeof questionNotes)[number];

export const questionDto = z.object({
  /** Row of the table; number of the question in another file. */
  place: z.number().int(),
  title: z.string(),
  kind: z.enum(answerKinds).nullable(),
  problems: z.array(z.object({ column: z.enum(questionColumns).nullable(), problem: z.custom<RowProblem>() })),
  notes: z.array(z.enum(questionNotes)),
});
export type QuestionDto = z.infer<typeof questionDto>;

/** Why nothing of a file could be read. */
export type QuestionsRefusal =
  | { code: 'questions-format' }
  | { code: 'questions-large'; limit: number }
  | { code: 'questions-many'; limit: number }
  | { code: 'questions-none' }
  | { code: 'questions-encoding' }
  /** Reading it took more time or memory than any such file needs. */
  | { code: 'questions-costly' }
  | { code: 'table-broken' }
  | { code: 'table-head'; missing: QuestionColumn[] }
  | { code: 'table-column-unknown'; names: string[] }
  | { code: 'table-column-twice'; name: string }
  | { code: 'xml-broken'; line: number | null }
  | { code: 'xml-doctype' }
  | { code: 'xml-no-quiz' };

export const questionFormats = ['xlsx', 'gift', 'moodle'] as const;
export type QuestionFormat = (typeof questionFormats)[number];

export const inspectQuestionsInput = z.strictObject({ uploadId: z.uuid(), topicId: z.uuid() });
export type InspectQuestionsInput = z.infer<typeof inspectQuestionsInput>;
export const importQuestionsInput = inspectQuestionsInput.extend({ publish: z.boolean() });
export type ImportQuestionsInput = z.infer<typeof importQuestionsInput>;

const questionsRefused = z.object({ outcome: z.literal('refused'), refusal: z.custom<QuestionsRefusal>() });
const questionsRead = z.object({
  outcome: z.literal('read'),
  format: z.enum(questionFormats),
  questions: z.array(questionDto),
  /** May they be imported as they are? A table waits until every row is right; of other files what has no counterpart is left out. */
  ready: z.boolean(),
  good: z.number().int(),
});
export const questionsInspection = z.discriminatedUnion('outcome', [questionsRefused, questionsRead]);
export type QuestionsInspection = z.infer<typeof questionsInspection>;

export const questionsImported = z.discriminatedUnion('outcome', [
  questionsRefused,
  questionsRead,
  z.object({
    outcome: z.literal('imported'),
    created: z.number().int(),
    leftOut: z.number().int(),
    /** The same file had been imported into this topic before: nothing was added. */
    again: z.boolean(),
  }),
]);
export type QuestionsImported = z.infer<typeof questionsImported>;
