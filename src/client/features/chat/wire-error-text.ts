import { refusalText } from '#client/lib/upload-refusal.ts';
import type { WireError } from '#shared/errors.ts';
import type { Catalogue } from '#shared/i18n/catalogue.ts';
import type { Format } from '#shared/i18n/format.ts';

/** Words for a refusal that was kept (what was thrown is gone after a reload). */
export function wireErrorText(error: WireError, text: Catalogue, format: Format): string {
  const [issue] = error.issues ?? [];
  if (issue) return text.errors.field[issue.code];
  if (error.code === 'AUTH_RATE_LIMITED') return text.common.error.rateLimited(format.wait(error.data.retryAfterSeconds));
  return refusalText(error, text);
}
