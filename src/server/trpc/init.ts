import { initTRPC, TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import {
  AppError,
  type ErrorCode,
  type FieldIssue,
  type FieldIssueCode,
  fieldIssueCodes,
  transportCodes,
  type WireError,
} from '#shared/errors.ts';
import { isDatabaseAway } from '../platform/unavailable.ts';
import type { Context } from './context.ts';

export const t = initTRPC.context<Context>().create({
  errorFormatter({ shape, error, ctx }) {
    const { stack: _, ...data } = shape.data as typeof shape.data & { stack?: string };
    const app = wireError(error, ctx?.requestId ?? '');
    return { ...shape, message: app.code, data: { ...data, app } };
  },
});

/** Bodies that were not even looked at. */
const unreadable = new Set<TRPCError['code']>(['PAYLOAD_TOO_LARGE', 'PARSE_ERROR', 'UNSUPPORTED_MEDIA_TYPE']);

/** What of an error may leave the server: its code and declared data. Everything else stays in the log under the request's id. */
export function wireError(error: TRPCError, requestId: string): WireError {
  const { cause } = error;
  if (cause instanceof AppError)
    return { code: cause.code, data: cause.data, ...(cause.issues ? { issues: cause.issues } : {}) } as WireError;
  if (error.code === 'BAD_REQUEST') return { code: 'INPUT_INVALID', data: {}, issues: cause instanceof ZodError ? fieldIssues(cause) : [] };
  if (unreadable.has(error.code)) return { code: 'INPUT_INVALID', data: {}, issues: [] };
  if (error.code === 'NOT_FOUND' || error.code === 'METHOD_NOT_SUPPORTED') return { code: 'NOT_FOUND', data: {} };
  return { code: 'UNEXPECTED', data: { requestId } };
}

function fieldIssues(error: ZodError): FieldIssue[] {
  const known = new Set<string>(fieldIssueCodes);
  return error.issues.slice(0, 20).map((issue) => ({
    field: issue.path.join('.'),
    code: known.has(issue.message) ? (issue.message as FieldIssueCode) : issue.code === 'too_big' ? 'too-long' : 'invalid',
  }));
}

/** Turns what domain code throws into what tRPC sends, and counts how the call went. */
export const mapErrors = t.middleware(async ({ ctx, path, type, next }) => {
  const startedAt = performance.now();
  const result = await next();
  const { metrics } = ctx.app;
  if (result.ok) {
    metrics.procedure(path, type, 'ok', performance.now() - startedAt);
    return result;
  }
  const cause = foreseen(result.error.cause);
  metrics.procedure(path, type, cause?.code ?? result.error.code, performance.now() - startedAt);
  if (cause) throw new TRPCError({ code: transportCodes[cause.code as ErrorCode], cause });
  return result;
});

/** Null: nobody thought of it. */
export function foreseen(cause: unknown): AppError | null {
  if (cause instanceof AppError) return cause;
  return isDatabaseAway(cause) ? Object.assign(new AppError('SERVICE_UNAVAILABLE'), { cause }) : null;
}
