/** Threads of messages: under tasks and of support (a student and the teachers), rooms (teachers among themselves). The office's part: inbox.ts. */
import * as z from 'zod';
import { chatKinds, chatLimits, cleanBody, isBlank } from './chat-rules.ts';

/** As the database writes it: topics of hints and `about` are compared letter for letter. */
const uuid = z.uuid().toLowerCase();

export const threadInput = z.strictObject({ threadId: uuid });

/** Opens the thread of a task: a student's own, once enough wrong answers are there (CHAT_LOCKED before); of that student where a moderator asks. */
export const openTaskChatInput = z.strictObject({ taskId: uuid, studentId: uuid.optional() });
/** Opens the thread of support: one's own; a moderator names the student. */
export const openSupportInput = z.strictObject({ studentId: uuid.optional() });
export const openedThreadDto = z.object({ threadId: z.string() });

export const chatFileDto = z.object({
  id: z.string(),
  name: z.string(),
  mime: z.string(),
  size: z.int(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  /** Opens for this person for some hours. */
  url: z.string(),
  /** Smaller sizes of a picture, for `srcset`; null where there are none. */
  srcSet: z.string().nullable(),
});
export type ChatFileDto = z.infer<typeof chatFileDto>;

export const chatAuthorDto = z.object({
  /** Null: the account is gone. */
  id: z.string().nullable(),
  /** Students see of each other nothing; of a teacher first and last name. Null with a gone account. */
  name: z.string().nullable(),
  teacher: z.boolean(),
});

/** A message as it is now. The same message comes again, with a greater `rev`, when it is changed. */
export const messageDto = z.object({
  threadId: z.string(),
  /** Place in the thread: 1, 2, … without a gap. */
  seq: z.int(),
  rev: z.int(),
  kind: z.enum(['text', 'search']),
  author: chatAuthorDto,
  /** Made by the author's browser; null for everybody else. */
  clientId: z.string().nullable(),
  /** Rendered and sanitized; empty of a deleted message. */
  html: z.string(),
  /** As typed, for its author (to edit it) and for moderators (to make an article of it); null for others. Of a `search` the query, for all. */
  body: z.string().nullable(),
  files: z.array(chatFileDto),
  at: z.string(),
  editedAt: z.string().nullable(),
  /** Deleted: its place stays, its text is gone. */
  deleted: z.enum(['author', 'moderator']).nullable(),
  /** Deleted by this very reader, who may put it back. */
  restorable: z.boolean(),
});
export type MessageDto = z.infer<typeof messageDto>;

/** Newest page where `before` is left out; the order is that of the thread. */
export const historyInput = z.strictObject({
  threadId: uuid,
  /** Messages before this place. */
  before: z.int().min(1).max(2_000_000_000).optional(),
});
export const historyDto = z.object({
  messages: z.array(messageDto),
  /** There are earlier ones. */
  more: z.boolean(),
  /** The thread's counter when this was read: where `chat.changes` goes on from. */
  rev: z.int(),
});
export type HistoryDto = z.infer<typeof historyDto>;

/** What a screen shows of a thread besides its messages. */
export const threadDto = z.object({
  id: z.string(),
  kind: z.enum(chatKinds),
  /** Where it belongs; null for support and rooms. */
  task: z
    .object({
      id: z.string(),
      slug: z.string(),
      number: z.int(),
      title: z.string(),
      topicSlug: z.string(),
      topicTitle: z.string(),
      courseSlug: z.string(),
      courseTitle: z.string(),
    })
    .nullable(),
  /** Of a room. */
  title: z.string().nullable(),
  /** Closed by a teacher: the next message of the student opens it again. */
  closed: z.boolean(),
  /** Minutes within which students have been answered lately (median); null: too few answers to tell. */
  replyMinutes: z.int().nullable(),
});
export type ThreadDto = z.infer<typeof threadDto>;

/**
 * All that changed after `rev`, oldest change first, then what changes from now on. Every change is tracked by its `rev`: after a lost connection
 * the browser goes on behind the last one it saw (`lastEventId`, which tRPC's client adds by itself).
 */
export const changesInput = z.strictObject({
  threadId: uuid,
  after: z.int().min(0).max(2_000_000_000),
  lastEventId: z
    .string()
    .regex(/^\d{1,10}$/)
    .refine((rev) => Number(rev) <= 2_000_000_000)
    .nullish(),
});

/** What passes by: the whole state each time, and at once when the subscription begins. */
export const signalsDto = z.object({
  /** Who is typing just now, without oneself. A student's is told by name to moderators, a moderator's to all. */
  typing: z.array(z.object({ id: z.string(), name: z.string(), teacher: z.boolean() })),
  /** The other side has read up to here: of a student's thread the student, or any teacher; of a room the one who read furthest but for oneself. */
  readSeq: z.int(),
  /** Up to here one has read oneself, on whatever device. */
  mySeq: z.int(),
  /** Which teacher has taken the thread to answer it; null: nobody. */
  holder: z.object({ id: z.string(), name: z.string(), mine: z.boolean(), until: z.string() }).nullable(),
  closed: z.boolean(),
});
export type SignalsDto = z.infer<typeof signalsDto>;

/**
 * `clientId` is made by the browser: sent again it is the same message (the answer tells it once more); with another text or other files
 * CHAT_CLIENT_ID_REUSED. To a thread that another teacher has taken: CHAT_HELD. Too fast: AUTH_RATE_LIMITED with the seconds to wait.
 */
export const sendMessageInput = z
  .strictObject({
    threadId: uuid,
    clientId: uuid,
    body: z.string().max(chatLimits.body, 'too-long').transform(cleanBody),
    /** Ready uploads (purpose `chat`, subject the thread), in order. */
    uploadIds: z.array(uuid).max(chatLimits.files).default([]),
    /** Carried along by a student from the questions and answers: stands above the message. Of support only; elsewhere it is left out. */
    query: z.string().max(chatLimits.query, 'too-long').transform(cleanBody).optional(),
  })
  .refine(({ body, uploadIds }) => uploadIds.length > 0 || !isBlank(body), { path: ['body'], message: 'required' });
export type SendMessageInput = z.input<typeof sendMessageInput>;

/** Only one's own, within `editMinutes` (CHAT_TOO_LATE); files stay. */
export const editMessageInput = z.strictObject({
  threadId: uuid,
  seq: z.int().min(1).max(2_000_000_000),
  body: z.string().max(chatLimits.body, 'too-long').transform(cleanBody),
  /** `rev` of the message that was edited; another one now: CHAT_CONFLICT. */
  rev: z.int().min(1).max(2_000_000_000),
});
/** Deletes or, for whoever deleted it, puts back. One's own; of a student's thread any by a moderator. */
export const messageInput = z.strictObject({ threadId: uuid, seq: z.int().min(1).max(2_000_000_000) });
export const messageVersionsDto = z.array(z.object({ number: z.int(), html: z.string(), at: z.string() }));

export const readInput = z.strictObject({ threadId: uuid, seq: z.int().min(0).max(2_000_000_000) });

/** The student's threads, the last written first (at most 50). */
export const myThreadDto = threadDto.extend({
  lastAt: z.string(),
  /** Beginning of the newest message as plain text; empty where it is only files. */
  excerpt: z.string(),
  lastByTeacher: z.boolean(),
  unread: z.int(),
});
export type MyThreadDto = z.infer<typeof myThreadDto>;

/** What the head and the navigation of the office show. Here and above nobody counts beyond 100 in one thread: «99+» is enough to know. */
export const unreadDto = z.object({
  /** Unread messages of teachers in a student's threads; unread messages in the rooms of a moderator. */
  messages: z.int(),
  /** Threads these stand in. */
  threads: z.int(),
  /** Moderators: students' threads that wait for an answer. Null for students. */
  waiting: z.int().nullable(),
});
export type UnreadDto = z.infer<typeof unreadDto>;

/** Under a task, beside its state (`taskStateDto.chat`): null while the student has no thread there. */
export const taskChatDto = z.object({ threadId: z.string(), messages: z.int(), unread: z.int() });

/*
 * Procedures, for whoever is signed in and may see the thread (everything else is CHAT_NOT_FOUND):
 * chat.openTask(openTaskChatInput) → openedThreadDto, chat.openSupport(openSupportInput) → openedThreadDto, chat.thread(threadInput) → ThreadDto,
 * chat.history(historyInput) → HistoryDto, chat.send(sendMessageInput) → MessageDto, chat.edit(editMessageInput) → MessageDto,
 * chat.delete(messageInput) → MessageDto, chat.restore(messageInput) → MessageDto, chat.versions(messageInput) → messageVersionsDto (moderators),
 * chat.read(readInput), chat.typing(threadInput), chat.mine() → MyThreadDto[] (students), chat.unread() → UnreadDto.
 * Subscriptions: chat.changes(changesInput) → tracked(String(rev), MessageDto), chat.signals(threadInput) → SignalsDto.
 */
