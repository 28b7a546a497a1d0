import { GrammyError, HttpError } from 'grammy';
import { TelegramError, type TelegramTrouble } from '../telegram.ts';

/** What went wrong with a call, in words that hold neither the token, which is part of every address, nor what was to be said. */
export function toTelegramError(error: unknown): TelegramError {
  if (error instanceof TelegramError) return error;
  if (error instanceof GrammyError) {
    const retryAfter = error.error_code === 429 ? (error.parameters.retry_after ?? 1) * 1000 : null;
    const said = withoutQuotes(error.description);
    return new TelegramError(troubleOf(error), `${error.method}: ${error.error_code} ${said}`, retryAfter);
  }
  // The cause of an HttpError names the whole address: of it only the code («ECONNRESET») is told.
  if (error instanceof HttpError) return new TelegramError('unreachable', [error.message, codeOf(error.error)].filter(Boolean).join(' '));
  throw error;
}

function troubleOf({ error_code: code, description }: GrammyError): TelegramTrouble {
  if (code === 401 || code === 404) return 'token';
  if (code === 429) return 'busy';
  if (code === 403) return /deactivated/i.test(description) ? 'deactivated' : 'blocked';
  if (code >= 500) return 'unreachable';
  if (/chat not found|user not found|PEER_ID_INVALID/i.test(description)) return 'not-found';
  return /user is deactivated|USER_IS_DEACTIVATED/i.test(description) ? 'deactivated' : 'refused';
}

/** «Unsupported start tag "…"»: what stands in quotes is of the message. */
function withoutQuotes(description: string): string {
  return description.replace(/"[^"]*"?/g, '"…"').slice(0, 200);
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^[A-Z][A-Z0-9_]{2,40}$/.test(code) ? `(${code})` : '';
}
