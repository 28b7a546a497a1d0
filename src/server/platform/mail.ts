/** A letter that is ready to go. */
export interface Letter {
  /** One address and nothing else. */
  to: string;
  subject: string;
  text: string;
  /** Each value goes out as it stands: ASCII, one line. */
  headers?: Record<string, string>;
  /** Names what caused the letter. A job that is run twice sends the same Message-ID twice, and most mailboxes show it once. */
  id?: string;
}

/** Sends letters, or keeps them in a folder where no mail server is set. Called by jobs only. */
export interface Mailer {
  /** @throws MailError when the letter was not taken */
  send(letter: Letter): Promise<void>;
  close(): Promise<void>;
}

/** A letter that did not go out. The message holds no password and no address. */
export class MailError extends Error {
  /** True: this letter to this address will never be taken, and there is no use in trying again. */
  readonly permanent: boolean;

  constructor(message: string, permanent: boolean, cause?: unknown) {
    super(message, { cause });
    this.name = 'MailError';
    this.permanent = permanent;
  }
}
