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
  AUTH_RATE_LIMITED: { retryAfterSeconds: number };
  COURSES_NOT_FOUND: Record<never, never>;
  /** A paid course that was not granted. */
  COURSES_NO_ACCESS: { courseTitle: string; courseSlug: string };
  TOPICS_NOT_FOUND: Record<never, never>;
  TOPICS_NOT_OPEN: { opensAt: string; topicTitle: string; courseTitle: string; courseSlug: string };
  TASKS_NOT_FOUND: Record<never, never>;
  TASKS_SOLUTION_CLOSED: Record<never, never>;
  /** The same client-made id came with another answer. */
  TASKS_CLIENT_ID_REUSED: Record<never, never>;
  FILES_NOT_FOUND: Record<never, never>;
  /** Input did not pass its schema; the issues travel beside. */
  INPUT_INVALID: Record<never, never>;
  NOT_FOUND: Record<never, never>;
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
  | 'INTERNAL_SERVER_ERROR';

export const transportCodes: Record<ErrorCode, TransportCode> = {
  AUTH_SESSION_REQUIRED: 'UNAUTHORIZED',
  AUTH_FORBIDDEN: 'FORBIDDEN',
  AUTH_BAD_ORIGIN: 'FORBIDDEN',
  AUTH_RATE_LIMITED: 'TOO_MANY_REQUESTS',
  COURSES_NOT_FOUND: 'NOT_FOUND',
  COURSES_NO_ACCESS: 'FORBIDDEN',
  TOPICS_NOT_FOUND: 'NOT_FOUND',
  TOPICS_NOT_OPEN: 'FORBIDDEN',
  TASKS_NOT_FOUND: 'NOT_FOUND',
  TASKS_SOLUTION_CLOSED: 'FORBIDDEN',
  TASKS_CLIENT_ID_REUSED: 'CONFLICT',
  FILES_NOT_FOUND: 'NOT_FOUND',
  INPUT_INVALID: 'BAD_REQUEST',
  NOT_FOUND: 'NOT_FOUND',
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
  'name-invalid',
  'phone-invalid',
  'consent-required',
  'consent-outdated',
] as const;
export type FieldIssueCode = (typeof fieldIssueCodes)[number];

/** What the error formatter adds to every tRPC error. */
export type WireError = { [C in ErrorCode]: { code: C; data: ErrorData[C]; issues?: FieldIssue[] } }[ErrorCode];
