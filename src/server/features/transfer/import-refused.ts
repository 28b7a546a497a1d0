import type { ImportRefusal } from '#shared/transfer.ts';

/** Ends the transaction of an import; caught where it began. */
export class ImportRefused extends Error {
  readonly refusal: ImportRefusal;

  constructor(refusal: ImportRefusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}
