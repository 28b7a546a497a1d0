import { TRPCClientError } from '@trpc/client';
import type { FieldIssueCode, WireError } from '#shared/errors.ts';
import type { Catalogue } from '#shared/i18n/catalogue.ts';
import type { Format } from '#shared/i18n/format.ts';

/** The refusal the server named, or null: the request did not arrive, or it is no error of a request. */
export function appError(error: unknown): WireError | null {
  if (!(error instanceof TRPCClientError)) return null;
  const data: unknown = error.data;
  return typeof data === 'object' && data !== null && 'app' in data ? (data.app as WireError) : null;
}

/** What the server decided, or null: it has decided nothing (not reached, its database away), and the same may be sent again. */
export function refusalOf(error: unknown): WireError | null {
  const app = appError(error);
  return app?.code === 'SERVICE_UNAVAILABLE' ? null : app;
}

/** The server was not reached, did not answer in time, or its database was away. */
export function isOffline(error: unknown): boolean {
  return error instanceof TRPCClientError && (error.data == null || appError(error)?.code === 'SERVICE_UNAVAILABLE');
}

/** Text for a person, to stand beside the control that caused the error. */
export function errorText(error: unknown, text: Catalogue, format: Format): string {
  const app = appError(error);
  if (!app) return isOffline(error) ? text.common.error.noNetwork : text.errors.byCode.UNEXPECTED;
  if (app.code === 'AUTH_RATE_LIMITED') return text.common.error.rateLimited(format.wait(app.data.retryAfterSeconds));
  if (app.code === 'UNEXPECTED') return `${text.errors.byCode.UNEXPECTED} ${text.common.error.supportCode(app.data.requestId)}`;
  return text.errors.byCode[app.code];
}

/** The code to read out to the support, where there is one. */
export function supportCode(error: unknown): string | null {
  const app = appError(error);
  return app?.code === 'UNEXPECTED' ? app.data.requestId : null;
}

/** Texts of the fields that did not pass, by the field's name. */
export function fieldErrors(error: unknown, text: Catalogue): Record<string, string> {
  return Object.fromEntries((appError(error)?.issues ?? []).map((issue) => [issue.field, fieldText(issue.code, text)]));
}

export function fieldText(code: FieldIssueCode, text: Catalogue): string {
  return text.errors.field[code];
}
