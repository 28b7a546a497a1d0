import * as z from 'zod';
import { answerValueSchema } from './answers/format.ts';
import { keyFixChoice, keyFixPreviewDto } from './key-fix.ts';
import type { FileMissing, SourceProblem } from './source-problems.ts';

export { storableText } from './storable.ts';

import { answerFormatDto, formatProblemDto } from './tasks.ts';

/** The texts that moderators write: a task's source, a topic's theory, a course's description. */
export const textKinds = ['task', 'theory', 'course'] as const;
export type TextKind = (typeof textKinds)[number];

/** Characters. The reader of course files takes no more either. */
export const textLimit = 200_000;
/** Problems shown at once; whoever mends these sees the next. */
export const problemsShown = 100;

/** PostgreSQL stores neither U+0000 nor half of a surrogate pair; `storableText` makes a text fit. */
const source = z
  .string()
  .max(textLimit)
  .refine((text) => !text.includes('\0') && text.isWellFormed());
const rev = z.int().min(0);
const subject = { kind: z.enum(textKinds), subjectId: z.uuid() };

export const textInput = z.strictObject(subject);
export type TextInput = z.infer<typeof textInput>;
/** `baseRev`: the revision that was read before writing. */
export const saveDraftInput = z.strictObject({ ...subject, baseRev: rev, source });
export const discardDraftInput = z.strictObject({ ...subject, baseRev: rev });
export const publishInput = z.strictObject({ ...subject, baseRev: rev, source, keyFix: keyFixChoice.optional() });
export const previewInput = z.strictObject({ ...subject, source });
export const checkAnswerInput = z.strictObject({ subjectId: z.uuid(), source, value: answerValueSchema });
export const likelyAnswersInput = z.strictObject({ subjectId: z.uuid(), source });
/** `direction` comes with every page that tRPC's infinite query asks for. */
export const versionsInput = z.strictObject({ ...subject, cursor: z.int().min(1).optional(), direction: z.literal('forward').optional() });
export const versionInput = z.strictObject({ ...subject, number: z.int().min(1) });

/** Checked by its type: it is our own parser that writes it. */
export type TextProblem = SourceProblem | FileMissing;
const problemDto = z.custom<TextProblem>((value) => typeof value === 'object' && value !== null && 'code' in value && 'line' in value);

/** A name, or null: it was loaded with a course or from the command line. */
const who = z.string().nullable();

export const textDto = z.object({
  kind: z.enum(textKinds),
  subjectId: z.string(),
  /** Of the task, the topic or the course. */
  title: z.string(),
  course: z.object({ id: z.string(), slug: z.string(), title: z.string() }),
  /** Absent of a description. `number`: its place in the course. */
  topic: z.object({ id: z.string(), slug: z.string(), title: z.string(), number: z.int() }).nullable(),
  /** Place of a task in its topic, as students count. */
  number: z.int().nullable(),
  /** Null: never published. */
  published: z.string().nullable(),
  /** Null: nothing differs from what is published. */
  draft: z.string().nullable(),
  rev: z.int(),
  editedBy: who,
  editedByMe: z.boolean(),
  editedAt: z.string().nullable(),
  /** Since when students may see the thing itself; null: it is a draft. */
  publishedAt: z.string().nullable(),
  /** It, its topic or its course was put away: its text can be written, and not be published. */
  deleted: z.boolean(),
  /** Files of the topic that the text may name. */
  fileNames: z.array(z.string()),
  /** The page on which students see it; null while they do not. */
  studentUrl: z.string().nullable(),
});
export type TextDto = z.infer<typeof textDto>;

/** Somebody else wrote meanwhile: what stands there now. */
const theirs = z.object({
  source: z.string(),
  by: who,
  byMe: z.boolean(),
  at: z.string().nullable(),
  rev: z.int(),
  published: z.boolean(),
});
export type Theirs = z.infer<typeof theirs>;

const conflict = z.object({ outcome: z.literal('conflict'), theirs });

export const saveDraftResult = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('saved'), rev: z.int(), at: z.string() }),
  conflict,
]);
export type SaveDraftResult = z.infer<typeof saveDraftResult>;

export const discardDraftResult = z.discriminatedUnion('outcome', [
  /** What was discarded comes along, so that it can be put back. */
  z.object({ outcome: z.literal('discarded'), discarded: z.string(), published: z.string(), rev: z.int() }),
  /** There is no published text to go back to, or nothing differs from it. */
  z.object({ outcome: z.literal('nothing') }),
  conflict,
]);
export type DiscardDraftResult = z.infer<typeof discardDraftResult>;

export const publishResult = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('published'),
    rev: z.int(),
    at: z.string(),
    /** As it was stored. */
    source: z.string(),
    /** Number of the version; null: the text is the one that was published before. */
    version: z.int().nullable(),
    /** Students whose points grew, where a key was mended. */
    gained: z.int().nullable(),
  }),
  conflict,
  z.object({ outcome: z.literal('problems'), problems: z.array(problemDto) }),
  /** Students have answered by the former key: nothing is published until the moderator has seen what changes. */
  z.object({ outcome: z.literal('key-changed'), preview: keyFixPreviewDto }),
]);
export type PublishResult = z.infer<typeof publishResult>;

const file = z.object({ name: z.string(), title: z.string(), url: z.string(), size: z.number().int() });

/** What a student will get. */
export const previewDto = z.object({
  problems: z.array(problemDto),
  /** Of a task. `format` is null while its answer cannot be read. */
  task: z
    .object({
      title: z.string(),
      points: z.int(),
      examNumber: z.int().nullable(),
      origin: z.string().nullable(),
      statementHtml: z.string(),
      hintHtml: z.string().nullable(),
      solutionHtml: z.string().nullable(),
      format: answerFormatDto.nullable(),
      files: z.array(file),
    })
    .nullable(),
  /** Of a theory or a description. */
  html: z.string().nullable(),
});
export type PreviewDto = z.infer<typeof previewDto>;
export type TaskPreview = NonNullable<PreviewDto['task']>;

export const answerCheckDto = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('graded'),
    verdict: z.enum(['right', 'partly', 'wrong']),
    points: z.int(),
    understood: z.string(),
  }),
  z.object({ outcome: z.literal('malformed'), problem: formatProblemDto }),
  /** The source does not say what is right. */
  z.object({ outcome: z.literal('no-key') }),
]);
export type AnswerCheckDto = z.infer<typeof answerCheckDto>;

export const likelyAnswersDto = z.object({
  answers: z.array(
    z.object({
      /** As a student would type it; options by their places, cells in rows. */
      shown: z.string(),
      /** `given`: students have answered so. */
      origin: z.enum(['key', 'notation', 'slip', 'malformed', 'given']),
      /** How many students, of those who have answered. */
      count: z.int().nullable(),
      check: answerCheckDto,
    }),
  ),
  students: z.int(),
});
export type LikelyAnswersDto = z.infer<typeof likelyAnswersDto>;

export const versionsPageSize = 30;
export const versionsDto = z.object({
  versions: z.array(
    z.object({
      number: z.int(),
      by: who,
      at: z.string(),
      /** Never published: the draft as that person left it. */
      draft: z.boolean(),
      /** Characters, against the version before. */
      change: z.int(),
    }),
  ),
  /** The cursor of the next page; null: this is the last. */
  next: z.int().nullable(),
});
export type VersionsDto = z.infer<typeof versionsDto>;
export const versionDto = z.object({ number: z.int(), source: z.string(), by: who, at: z.string() });
