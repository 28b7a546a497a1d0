/** The office's part of the chat: students' threads to be answered, rooms, templates. All for moderators. */
import * as z from 'zod';
import { threadDto } from './chat.ts';
import { chatKinds, chatLimits, cleanBody, isBlank } from './chat-rules.ts';
import { shownAnswerDto } from './clusters.ts';
import { searchInput } from './search.ts';
import { storableText } from './storable.ts';
import { attemptDto } from './tasks.ts';

/** Minutes for which a teacher has a thread to themselves. */
export const chatLockMinutes = 30;
export const inboxPageSize = 30;
/** From here on a wait is shown as late. */
export const lateMinutes = 60;

export const inboxFilters = ['waiting', 'mine', 'all', 'closed'] as const;
export type InboxFilter = (typeof inboxFilters)[number];

export const inboxInput = z.strictObject({
  /** `waiting`: unanswered, the longest wait first; `mine`: taken or answered by me last and not closed; `all`: not closed; `closed`. The last three newest first. */
  filter: z.enum(inboxFilters).default('waiting'),
  /** Name or e-mail of the student, as in the list of students. */
  search: searchInput(100).default(''),
  courseId: z.uuid().optional(),
  kind: z.enum(['task', 'support']).optional(),
  cursor: z.string().max(200).nullish(),
  direction: z.literal('forward').optional(),
});
export type InboxInput = z.input<typeof inboxInput>;

export const holderDto = z.object({ id: z.string(), name: z.string(), mine: z.boolean(), until: z.string() });
export type HolderDto = z.infer<typeof holderDto>;

export const inboxRowDto = z.object({
  threadId: z.string(),
  kind: z.enum(chatKinds),
  student: z.object({ id: z.string(), firstName: z.string(), lastName: z.string(), blocked: z.boolean() }),
  task: z
    .object({ id: z.string(), number: z.int(), examNumber: z.int().nullable(), topicTitle: z.string(), courseTitle: z.string() })
    .nullable(),
  /** Plain text of the newest message; empty where it is only files. */
  excerpt: z.string(),
  files: z.int(),
  lastByTeacher: z.boolean(),
  lastAt: z.string(),
  waitingSince: z.string().nullable(),
  holder: holderDto.nullable(),
  closed: z.boolean(),
  /** Messages of the student that this moderator has not read; 100: so many or more. */
  unread: z.int(),
});
export type InboxRowDto = z.infer<typeof inboxRowDto>;
export const inboxPageDto = z.object({ rows: z.array(inboxRowDto), nextCursor: z.string().nullable() });
export type InboxPageDto = z.infer<typeof inboxPageDto>;

/** How many threads each filter has, whatever is searched for (1000: so many or more); `rooms`: rooms with unread messages. */
export const inboxCountsDto = z.object({ waiting: z.int(), mine: z.int(), rooms: z.int() });
export type InboxCountsDto = z.infer<typeof inboxCountsDto>;

/** All that stands beside a student's thread. */
export const inboxThreadDto = z.object({
  thread: threadDto,
  waitingSince: z.string().nullable(),
  holder: holderDto.nullable(),
  student: z.object({
    id: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    blocked: z.boolean(),
    timeZone: z.string(),
    /** Days in a row, now. */
    streak: z.int(),
    /** Of the thread's course; of the courses they study where it is support. */
    courses: z.array(z.object({ slug: z.string(), title: z.string(), topicsDone: z.int(), topics: z.int() })),
  }),
  /** Null: support. */
  task: z
    .object({
      statementHtml: z.string(),
      /** The right answer in words; null for a long task. */
      key: z.string().nullable(),
      /** Counted answers of the student, newest first. */
      attempts: z.array(attemptDto.pick({ id: true, verdict: true, points: true, at: true }).extend({ answer: shownAnswerDto })),
      solved: z.boolean(),
      /** Those who gave the same answer as the student's last wrong one; null: nobody else did. */
      cluster: z.object({ answer: shownAnswerDto, students: z.int(), of: z.int(), replied: z.boolean() }).nullable(),
    })
    .nullable(),
});
export type InboxThreadDto = z.infer<typeof inboxThreadDto>;

/** `lost`: another teacher has it. */
export const chatLockResult = z.object({ outcome: z.enum(['held', 'lost']), holder: holderDto.nullable() });
export type ChatLockResult = z.infer<typeof chatLockResult>;

/** The thread is no longer among those that wait: `closed` true, or as it was before (undo). */
export const closeThreadInput = z.strictObject({
  threadId: z.uuid(),
  closed: z.boolean(),
  /** Place of the newest message that was seen: with a newer one of the student's the thread stays open. Left out: it is closed whatever came. */
  seenSeq: z.int().min(0).max(2_000_000_000).optional(),
});
/** As it stands now; still open after `closed: true` where the student has written meanwhile (`seenSeq`). */
export const closedThreadDto = z.object({ closed: z.boolean() });

/** A student's threads for their page in the office, the last written first (at most 100), empty ones among them. */
export const ofStudentInput = z.strictObject({ studentId: z.uuid() });
export const studentThreadDto = z.object({
  threadId: z.string(),
  kind: z.enum(chatKinds),
  /** Null: support. */
  task: z.object({ id: z.string(), number: z.int(), topicTitle: z.string(), courseTitle: z.string() }).nullable(),
  messages: z.int(),
  lastAt: z.string().nullable(),
  waitingSince: z.string().nullable(),
  closed: z.boolean(),
});
export type StudentThreadDto = z.infer<typeof studentThreadDto>;

/** Rooms: every moderator is in every room. */
export const roomTitleLimit = 80;
const roomTitle = z
  .string()
  .max(roomTitleLimit, 'too-long')
  .transform(cleanBody)
  .refine((title) => !isBlank(title), 'required');
export const createRoomInput = z.strictObject({ title: roomTitle });
export const renameRoomInput = z.strictObject({ threadId: z.uuid(), title: roomTitle });
/** Closed rooms are kept and can be read; the common one cannot be closed (CHAT_COMMON_ROOM). */
export const closeRoomInput = closeThreadInput.omit({ seenSeq: true });
export const roomDto = z.object({
  threadId: z.string(),
  title: z.string(),
  common: z.boolean(),
  closed: z.boolean(),
  lastAt: z.string().nullable(),
  excerpt: z.string(),
  /** 100: so many or more. */
  unread: z.int(),
});
export type RoomDto = z.infer<typeof roomDto>;

export const templateDto = z.object({ id: z.string(), title: z.string(), body: z.string(), rev: z.int() });
export type TemplateDto = z.infer<typeof templateDto>;
const templateFields = {
  title: z.string().trim().min(1, 'required').max(100, 'too-long').transform(storableText),
  body: z
    .string()
    .max(chatLimits.body, 'too-long')
    .transform(cleanBody)
    .refine((body) => !isBlank(body), 'required'),
};
export const createTemplateInput = z.strictObject(templateFields);
/** `rev` is that of the template one began from; another one now: CHAT_CONFLICT. */
export const updateTemplateInput = z.strictObject({ id: z.uuid(), rev: z.int().min(1).max(2_000_000_000), ...templateFields });
export const templateInput = z.strictObject({ id: z.uuid() });

/** Of the dashboard: the last 7 days. Null: nobody was answered. */
export const replyTimeDto = z.object({
  medianMinutes: z.int().nullable(),
  answers: z.int(),
  waiting: z.int(),
  longestWaitMinutes: z.int().nullable(),
});
export type ReplyTimeDto = z.infer<typeof replyTimeDto>;

/*
 * Procedures: chat.inbox.list(inboxInput) → InboxPageDto, chat.inbox.counts() → InboxCountsDto, chat.inbox.thread(threadInput) → InboxThreadDto,
 * chat.inbox.take / renew / release(threadInput) → ChatLockResult, chat.inbox.close(closeThreadInput) → closedThreadDto (CHAT_HELD where another
 * teacher is answering), chat.inbox.ofStudent(ofStudentInput) → StudentThreadDto[], chat.inbox.replyTime() → ReplyTimeDto,
 * chat.rooms.list() → RoomDto[], chat.rooms.create → RoomDto, chat.rooms.rename, chat.rooms.close,
 * chat.templates.list() → TemplateDto[] (by title), .create → TemplateDto, .update → TemplateDto, .remove(templateInput), .restore(templateInput).
 */
