import type { Fields } from '../http.ts';

/** A call that is refused: the code is the bank's. */
export class TbankError extends Error {
  readonly code: string;
  readonly more: Fields;

  constructor(code: string, message: string, more: Fields = {}) {
    super(message);
    this.code = code;
    this.more = more;
  }
}

export const wrong = (what: string): TbankError => new TbankError('9', `Неверные параметры: ${what}`);
