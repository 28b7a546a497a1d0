import type { WireError } from '#shared/errors.ts';
import type { Catalogue } from '#shared/i18n/catalogue.ts';

/** The school does not take the file; `uploadErrorText` says why. */
export class UploadRefused extends Error {
  readonly error: WireError;

  constructor(error: WireError) {
    super(error.code);
    this.name = 'UploadRefused';
    this.error = error;
  }
}

/** Words for what `uploadFile` threw; null for one that was cancelled, of which nothing has to be said. */
export function uploadErrorText(error: unknown, text: Catalogue): string | null {
  return error instanceof UploadRefused ? refusalText(error.error, text) : null;
}

export function refusalText(error: WireError, text: Catalogue): string {
  return error.code === 'FILES_REFUSED' ? text.errors.upload[error.data.refusal] : text.errors.byCode[error.code];
}
