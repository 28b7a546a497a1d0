import type { FilePlaceDto } from './files.ts';
import type { NewsState } from './news.ts';
import type { PromoRefusal } from './payments.ts';
import type { UploadRefusal } from './upload-rules.ts';

/**
 * Every error a client may meet, by code: how it travels (tRPC code) and what it carries. The texts stand in i18n/<locale>/errors.ts under the
 * same codes; types hold the three together.
 */
export interface ErrorData {
  /** No session, or it has ended. */
  AUTH_SESSION_REQUIRED: Record<never, never>;
  /** The actor's role may not do this. */
  AUTH_FORBIDDEN: Record<never, never>;
  /** The request did not come from our own page. */
  AUTH_BAD_ORIGIN: Record<never, never>;
  /** A moderator has closed the account; told only to whoever holds a session or a code of it. */
  AUTH_BLOCKED: Record<never, never>;
  AUTH_RATE_LIMITED: { retryAfterSeconds: number };
  COURSES_NOT_FOUND: Record<never, never>;
  /** A paid course that was not granted. */
  COURSES_NO_ACCESS: { courseTitle: string; courseSlug: string };
  /** What a thing was to be moved before is no longer there. */
  COURSES_PLACE_GONE: Record<never, never>;
  SUBJECTS_NOT_FOUND: Record<never, never>;
  /** Courses have this subject, deleted ones counted. */
  SUBJECTS_IN_USE: { courses: number };
  TOPICS_NOT_FOUND: Record<never, never>;
  TOPICS_NOT_OPEN: { opensAt: string; topicTitle: string; courseTitle: string; courseSlug: string };
  TASKS_NOT_FOUND: Record<never, never>;
  TASKS_SOLUTION_CLOSED: Record<never, never>;
  /** A task names a file, and the topic it was to be moved to has another one of that name. */
  TASKS_FILE_CLASH: { name: string };
  /** The same client-made id came with another answer. */
  TASKS_CLIENT_ID_REUSED: Record<never, never>;
  /** Between the preview of a mended key and its use the answers or the key became others. */
  TASKS_KEY_FIX_STALE: Record<never, never>;
  /** The answers of this task are being graded anew for longer than a request may wait. */
  TASKS_BEING_REGRADED: Record<never, never>;
  /** The task is part of an exam that the student is at now: its answer is not to be tried out elsewhere. */
  TASKS_IN_EXAM: { attemptId: string };
  EXAMS_NOT_FOUND: Record<never, never>;
  /** Before its window. */
  EXAMS_NOT_OPEN: { opensAt: string };
  /** Behind its window. */
  EXAMS_CLOSED: Record<never, never>;
  EXAMS_NO_ATTEMPTS: Record<never, never>;
  /** Another attempt of the same student is running: this one goes on, or ends first. */
  EXAMS_RUNNING: { attemptId: string };
  /** The attempt is over; nothing more is taken. */
  EXAMS_OVER: Record<never, never>;
  /** Cannot be published or begun like this. */
  EXAMS_INCOMPLETE: { reason: 'no-tasks' | 'window' | 'draft-tasks' };
  SCALES_NOT_FOUND: Record<never, never>;
  /** Exams name this scale. */
  SCALES_IN_USE: { exams: number };
  /** Not a scale: `at` is the primary point that is wrong. */
  SCALES_INVALID: { reason: 'length' | 'order' | 'last'; expected?: number; at?: number };
  MISTAKES_NOT_FOUND: Record<never, never>;
  /** Somebody else wrote another reply meanwhile. */
  REPLIES_CONFLICT: Record<never, never>;
  /** No such thread or message, or it is none of the actor's. */
  CHAT_NOT_FOUND: Record<never, never>;
  /** So many wrong answers are missing until a teacher may be asked. */
  CHAT_LOCKED: { wrongLeft: number };
  /** The same client-made id came with another text or other files. */
  CHAT_CLIENT_ID_REUSED: Record<never, never>;
  /** Another teacher has taken the thread to answer it. */
  CHAT_HELD: { name: string; until: string };
  /** One's own message is too old to be changed. */
  CHAT_TOO_LATE: Record<never, never>;
  /** What was edited has been changed elsewhere meanwhile. */
  CHAT_CONFLICT: Record<never, never>;
  /** The room is closed: it can be read only. */
  CHAT_ROOM_CLOSED: Record<never, never>;
  /** The teachers' common room stays open. */
  CHAT_COMMON_ROOM: Record<never, never>;
  TEMPLATES_NOT_FOUND: Record<never, never>;
  FAQ_NOT_FOUND: Record<never, never>;
  /** Another teacher has changed the article meanwhile. */
  FAQ_CONFLICT: Record<never, never>;
  /** A category that has articles. */
  FAQ_IN_USE: { articles: number };
  /** The only category, and articles that can still be put back belong to it. */
  FAQ_LAST_CATEGORY: Record<never, never>;
  /** More subscriptions than one socket may have. */
  LIVE_TOO_MANY: Record<never, never>;
  NEWS_NOT_FOUND: Record<never, never>;
  /** Somebody else has changed the announcement meanwhile. */
  NEWS_CONFLICT: Record<never, never>;
  /** It is no longer, or not yet, where this could be done. */
  NEWS_STATE: { state: NewsState };
  /** By now it is for so many; nobody was written to. */
  NEWS_AUDIENCE_CHANGED: { recipients: number };
  /** It would reach nobody. */
  NEWS_NOBODY: Record<never, never>;
  /** This school takes no payments. */
  PAYMENTS_OFF: Record<never, never>;
  /** No such order, subscription, payment or card, or it is none of the actor's. */
  PAYMENTS_NOT_FOUND: Record<never, never>;
  /** The course is theirs already, or free. */
  PAYMENTS_OWNED: Record<never, never>;
  /** Not sold so, or not in a currency that is taken. */
  PAYMENTS_NOT_FOR_SALE: Record<never, never>;
  /** The page showed another price. */
  PAYMENTS_PRICE_CHANGED: { amountMinor: number; currency: string };
  /** The provider is stopped for now. */
  PAYMENTS_STOPPED: Record<never, never>;
  PAYMENTS_PROMO: { reason: PromoRefusal };
  /** Something of this is on its way to the bank or back, and its end is waited for. */
  PAYMENTS_UNDER_WAY: Record<never, never>;
  /** It is no longer, or not yet, where this could be done. */
  PAYMENTS_STATE: Record<never, never>;
  PAYMENTS_REFUND_TOO_MUCH: { leftMinor: number; currency: string };
  /** A subscription that goes on is charged from this card. */
  PAYMENTS_METHOD_IN_USE: Record<never, never>;
  PROMO_NOT_FOUND: Record<never, never>;
  /** There is, or was, a code of these letters. */
  PROMO_TAKEN: Record<never, never>;
  /** This school has no bot. */
  TELEGRAM_OFF: Record<never, never>;
  VIDEOS_NOT_FOUND: Record<never, never>;
  VIDEOS_TOO_MANY: Record<never, never>;
  STUDENTS_NOT_FOUND: Record<never, never>;
  REVIEWS_NOT_FOUND: Record<never, never>;
  /** A long answer of an exam is not given back to be worked on again. */
  REVIEWS_OF_EXAM: Record<never, never>;
  /** The student has handed the returned work in anew: it is the new one that is graded. */
  REVIEWS_SUPERSEDED: Record<never, never>;
  FILES_NOT_FOUND: Record<never, never>;
  /** A file that is sent to the school is not taken. */
  FILES_REFUSED: { refusal: UploadRefusal };
  /** Texts of its topic mention the file. */
  FILES_IN_USE: { places: FilePlaceDto[] };
  /** Input did not pass its schema; the issues travel beside. */
  INPUT_INVALID: Record<never, never>;
  NOT_FOUND: Record<never, never>;
  /** The database does not answer at the moment. The same request may be sent again a little later. */
  SERVICE_UNAVAILABLE: Record<never, never>;
  /** Anything we did not foresee; the log has the rest under this id. */
  UNEXPECTED: { requestId: string };
}

export type ErrorCode = keyof ErrorData;

type TransportCode =
  | 'UNAUTHORIZED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'BAD_REQUEST'
  | 'CONFLICT'
  | 'TOO_MANY_REQUESTS'
  | 'SERVICE_UNAVAILABLE'
  | 'INTERNAL_SERVER_ERROR';

export const transportCodes: Record<ErrorCode, TransportCode> = {
  AUTH_SESSION_REQUIRED: 'UNAUTHORIZED',
  AUTH_FORBIDDEN: 'FORBIDDEN',
  AUTH_BAD_ORIGIN: 'FORBIDDEN',
  AUTH_BLOCKED: 'FORBIDDEN',
  AUTH_RATE_LIMITED: 'TOO_MANY_REQUESTS',
  COURSES_NOT_FOUND: 'NOT_FOUND',
  COURSES_NO_ACCESS: 'FORBIDDEN',
  COURSES_PLACE_GONE: 'CONFLICT',
  SUBJECTS_NOT_FOUND: 'NOT_FOUND',
  SUBJECTS_IN_USE: 'CONFLICT',
  TOPICS_NOT_FOUND: 'NOT_FOUND',
  TOPICS_NOT_OPEN: 'FORBIDDEN',
  TASKS_NOT_FOUND: 'NOT_FOUND',
  TASKS_SOLUTION_CLOSED: 'FORBIDDEN',
  TASKS_FILE_CLASH: 'CONFLICT',
  TASKS_CLIENT_ID_REUSED: 'CONFLICT',
  TASKS_KEY_FIX_STALE: 'CONFLICT',
  TASKS_BEING_REGRADED: 'CONFLICT',
  TASKS_IN_EXAM: 'CONFLICT',
  EXAMS_NOT_FOUND: 'NOT_FOUND',
  EXAMS_NOT_OPEN: 'FORBIDDEN',
  EXAMS_CLOSED: 'FORBIDDEN',
  EXAMS_NO_ATTEMPTS: 'FORBIDDEN',
  EXAMS_RUNNING: 'CONFLICT',
  EXAMS_OVER: 'CONFLICT',
  EXAMS_INCOMPLETE: 'CONFLICT',
  SCALES_NOT_FOUND: 'NOT_FOUND',
  SCALES_IN_USE: 'CONFLICT',
  SCALES_INVALID: 'BAD_REQUEST',
  MISTAKES_NOT_FOUND: 'NOT_FOUND',
  REPLIES_CONFLICT: 'CONFLICT',
  CHAT_NOT_FOUND: 'NOT_FOUND',
  CHAT_LOCKED: 'FORBIDDEN',
  CHAT_CLIENT_ID_REUSED: 'CONFLICT',
  CHAT_HELD: 'CONFLICT',
  CHAT_TOO_LATE: 'CONFLICT',
  CHAT_CONFLICT: 'CONFLICT',
  CHAT_ROOM_CLOSED: 'CONFLICT',
  CHAT_COMMON_ROOM: 'CONFLICT',
  TEMPLATES_NOT_FOUND: 'NOT_FOUND',
  FAQ_NOT_FOUND: 'NOT_FOUND',
  FAQ_CONFLICT: 'CONFLICT',
  FAQ_IN_USE: 'CONFLICT',
  FAQ_LAST_CATEGORY: 'CONFLICT',
  LIVE_TOO_MANY: 'TOO_MANY_REQUESTS',
  NEWS_NOT_FOUND: 'NOT_FOUND',
  NEWS_CONFLICT: 'CONFLICT',
  NEWS_STATE: 'CONFLICT',
  NEWS_AUDIENCE_CHANGED: 'CONFLICT',
  NEWS_NOBODY: 'CONFLICT',
  PAYMENTS_OFF: 'NOT_FOUND',
  PAYMENTS_NOT_FOUND: 'NOT_FOUND',
  PAYMENTS_OWNED: 'CONFLICT',
  PAYMENTS_NOT_FOR_SALE: 'CONFLICT',
  PAYMENTS_PRICE_CHANGED: 'CONFLICT',
  PAYMENTS_STOPPED: 'CONFLICT',
  PAYMENTS_PROMO: 'CONFLICT',
  PAYMENTS_UNDER_WAY: 'CONFLICT',
  PAYMENTS_STATE: 'CONFLICT',
  PAYMENTS_REFUND_TOO_MUCH: 'CONFLICT',
  PAYMENTS_METHOD_IN_USE: 'CONFLICT',
  PROMO_NOT_FOUND: 'NOT_FOUND',
  PROMO_TAKEN: 'CONFLICT',
  TELEGRAM_OFF: 'CONFLICT',
  VIDEOS_NOT_FOUND: 'NOT_FOUND',
  VIDEOS_TOO_MANY: 'CONFLICT',
  STUDENTS_NOT_FOUND: 'NOT_FOUND',
  REVIEWS_NOT_FOUND: 'NOT_FOUND',
  REVIEWS_OF_EXAM: 'CONFLICT',
  REVIEWS_SUPERSEDED: 'CONFLICT',
  FILES_NOT_FOUND: 'NOT_FOUND',
  FILES_REFUSED: 'BAD_REQUEST',
  FILES_IN_USE: 'CONFLICT',
  INPUT_INVALID: 'BAD_REQUEST',
  NOT_FOUND: 'NOT_FOUND',
  SERVICE_UNAVAILABLE: 'SERVICE_UNAVAILABLE',
  UNEXPECTED: 'INTERNAL_SERVER_ERROR',
};

/** A refusal that the person concerned is told of. */
export class AppError<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C;
  readonly data: ErrorData[C];
  readonly issues: FieldIssue[] | undefined;

  constructor(code: C, ...[data]: keyof ErrorData[C] extends never ? [] : [ErrorData[C]]) {
    super(code);
    this.name = 'AppError';
    this.code = code;
    this.data = (data ?? {}) as ErrorData[C];
    this.issues = undefined;
  }

  /** Fields that pass their schema and are wrong all the same. */
  static invalid(...issues: FieldIssue[]): AppError<'INPUT_INVALID'> {
    return Object.assign(new AppError('INPUT_INVALID'), { issues });
  }
}

/** A field that did not pass, in words of a machine: the client has a text for each. */
export interface FieldIssue {
  /** Dotted path of the input: `email`, `value.0`. */
  field: string;
  code: FieldIssueCode;
}

export const fieldIssueCodes = [
  'required',
  'too-long',
  'invalid',
  'email-invalid',
  'email-mixed-script',
  'email-taken',
  'name-invalid',
  'phone-invalid',
  'consent-required',
  'consent-outdated',
  'video-unknown',
] as const;
export type FieldIssueCode = (typeof fieldIssueCodes)[number];

/** What the error formatter adds to every tRPC error. */
export type WireError = { [C in ErrorCode]: { code: C; data: ErrorData[C]; issues?: FieldIssue[] } }[ErrorCode];
