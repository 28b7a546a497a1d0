/** A letter that is ready to go. */
export interface Letter {
  /** One address and nothing else. */
  to: string;
  subject: string;
  text: string;
  /** The same for people who see more than text, as `writeLetter` makes it. */
  html?: string;
  /** Pictures that the HTML names as `cid:…`. */
  attachments?: LetterAttachment[];
  /** Each value goes out as it stands: ASCII, one line. */
  headers?: Record<string, string>;
  /** Names what caused the letter. A job that is run twice sends the same Message-ID twice, and most mailboxes show it once. */
  id?: string;
}

export interface LetterAttachment {
  /** As the HTML names it, without brackets. */
  cid: string;
  filename: string;
  content: Buffer;
  contentType: string;
}

/** Sends letters, or keeps them in a folder where no mail server is set. Called by jobs only. */
export interface Mailer {
  /** @throws MailError when the letter was not taken */
  send(letter: Letter): Promise<void>;
  close(): Promise<void>;
}

/** What a mail server said when it did not take a letter. */
export interface MailRefusal {
  /** Of SMTP, such as 550; null where nothing was answered. */
  code: number | null;
  /** Enhanced status (RFC 3463), such as 5.1.1. */
  status: string | null;
  /**
   * `address`: nobody gets mail there, so nothing more should be sent to it. `letter`: this one was not wanted (too big, taken for spam). `school`:
   * our own server, its name, its password; the letter itself is as good as any other.
   */
  about: 'address' | 'letter' | 'school';
}

/** A letter that did not go out. The message holds no password and no address. */
export class MailError extends Error {
  /** True: this letter to this address will never be taken, and there is no use in trying again. */
  readonly permanent: boolean;
  readonly refusal: MailRefusal;

  constructor(message: string, permanent: boolean, refusal: Partial<MailRefusal> = {}, cause?: unknown) {
    super(message, { cause });
    this.name = 'MailError';
    this.permanent = permanent;
    this.refusal = { code: null, status: null, about: 'letter', ...refusal };
  }

  /** Nobody gets mail at this address: the next letter to it would come back as well. */
  get addressIsDead(): boolean {
    return this.permanent && this.refusal.about === 'address';
  }
}
