import { createHash, randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import { createTransport } from 'nodemailer';
import { emailProblem } from '#shared/values.ts';
import { type Config, ConfigError } from '../config.ts';
import type { Log } from '../log.ts';
import { type Letter, MailError, type Mailer } from '../mail.ts';
import { judgeRefusal, type SmtpFailure } from './refusal.ts';

export type SmtpConfig = Extract<Config['mail'], { kind: 'smtp' }>;

/** Without List-Unsubscribe-Post among the signed fields, mailboxes ignore the one-click unsubscription (RFC 8058). It is not in the library's list. */
export const signedFields = [
  'From',
  'Sender',
  'Reply-To',
  'Subject',
  'Date',
  'Message-ID',
  'To',
  'Cc',
  'MIME-Version',
  'Content-Type',
  'Content-Transfer-Encoding',
  'Auto-Submitted',
  'List-Id',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
];

export interface SmtpTimeouts {
  /** Name, connection and greeting, each. */
  connectMs: number;
  /** Silence of the server. */
  silenceMs: number;
  /** The whole letter: a server that trickles is never silent. */
  letterMs: number;
}

// Well under the two minutes after which the queue gives up a try.
const usualTimeouts: SmtpTimeouts = { connectMs: 10_000, silenceMs: 30_000, letterMs: 60_000 };

export function smtpMailer(config: SmtpConfig, log: Log, timeouts = usualTimeouts): Mailer {
  const domain = /@([^\s<>@]+)>?\s*$/.exec(config.from)?.[1];
  if (!domain) throw new ConfigError('Configuration: MAIL_FROM holds no address, for example: Отлично <school@example.ru>');
  const transport = createTransport({
    url: config.url,
    pool: true,
    // A cut connection is tried once more at once; what fails then goes back to the job queue, which waits longer each time.
    maxRequeues: 1,
    requireTLS: needsTls(config.url),
    dnsTimeout: timeouts.connectMs,
    connectionTimeout: timeouts.connectMs,
    greetingTimeout: timeouts.connectMs,
    socketTimeout: timeouts.silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(config.dkim ? { dkim: { ...config.dkim, headerFieldNames: signedFields.join(':') } } : {}),
  });
  return {
    async send(letter) {
      if (emailProblem(letter.to)) throw new MailError('the address of the letter is not an address', true, { about: 'address' });
      const messageId = `<${letter.id === undefined ? randomUUID() : createHash('sha256').update(letter.id).digest('hex').slice(0, 32)}@${domain}>`;
      try {
        const { response } = await transport.sendMail({
          from: config.from,
          // As an object it is not parsed: a comma or a line break in it cannot become a second addressee.
          to: { name: '', address: letter.to },
          subject: letter.subject,
          text: letter.text,
          // With HTML beside it the body becomes multipart/alternative, and with pictures the HTML becomes multipart/related.
          html: letter.html,
          attachments: letter.attachments?.map((attachment) => ({ ...attachment, contentDisposition: 'inline' as const })),
          messageId,
          headers: letterHeaders(letter),
          signal: AbortSignal.timeout(timeouts.letterMs),
        });
        log.info({ messageId, response }, 'letter taken by the mail server');
      } catch (error) {
        throw mailError(error);
      }
    },
    async close() {
      transport.close();
    },
  };
}

/** Greets the server and signs in, on a connection of its own; nothing is sent. @throws Error of the library, with what the server said */
export async function verifySmtp({ url }: SmtpConfig, withinMs = 6_000): Promise<void> {
  const transport = createTransport({
    url,
    requireTLS: needsTls(url),
    dnsTimeout: withinMs,
    connectionTimeout: withinMs,
    greetingTimeout: withinMs,
    socketTimeout: withinMs,
  });
  try {
    await transport.verify();
  } finally {
    transport.close();
  }
}

function letterHeaders(letter: Letter): Record<string, { prepared: true; value: string }> {
  const headers = { 'Auto-Submitted': 'auto-generated', ...letter.headers };
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      // Prepared values are written as they are (a folded List-Unsubscribe breaks in some mailboxes), so nobody else looks for line breaks.
      if (!/^[A-Za-z0-9-]+$/.test(name) || !/^[\x20-\x7e]*$/.test(value))
        throw new MailError(`header ${JSON.stringify(name)} cannot be sent`, true);
      return [name, { prepared: true as const, value }];
    }),
  );
}

/** A password does not travel in the clear because somebody in between hides STARTTLS. `?requireTLS=false` in the address overrules. */
export function needsTls(url: string): boolean {
  const { protocol, username, hostname } = new URL(url);
  const local = hostname === 'localhost' || hostname === '[::1]' || (isIP(hostname) === 4 && hostname.startsWith('127.'));
  return protocol === 'smtp:' && username !== '' && !local;
}

function mailError(error: unknown): MailError {
  if (error instanceof MailError) return error;
  const failure = error as SmtpFailure & { message: string };
  const { permanent, ...refusal } = judgeRefusal(failure);
  const where = [failure.command, failure.code, refusal.code, refusal.status]
    .filter((part) => part !== undefined && part !== null)
    .join(' ');
  return new MailError(`letter not taken (${where || failure.message}), ${permanent ? 'for good' : 'for now'}`, permanent, refusal, error);
}
