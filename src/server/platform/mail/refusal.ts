import type { MailRefusal } from '../mail.ts';

/** What nodemailer knows of a letter that was not taken. */
export interface SmtpFailure {
  /** Its own word for what went wrong: EENVELOPE and EMESSAGE are answers to the letter itself. */
  code?: string | undefined;
  /** What was answered so, such as RCPT TO. */
  command?: string | undefined;
  responseCode?: number | undefined;
  /** All lines of the answer. */
  response?: string | undefined;
}

/** Nobody gets mail there: no such mailbox or domain, moved, switched off. */
const deadStatuses = new Set(['5.1.0', '5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10', '5.2.1', '5.4.1', '5.4.4']);

/** About us or about what we wrote: spam, policy, limits, signature, size. These words count before those of a dead address. */
const unwanted =
  /spam|спам|polic|block ?list|black ?list|banned|blocked|reputation|rate limit|too many|too quickly|unsolicited|content|virus|malware|dkim|dmarc|spf|authenticat|reverse dns|\bptr\b|relay|size|too large|too big|quota|storage|full|greylist|suspici|bad outbound|client host/i;

const deadWords = [
  /\b(?:users?|mailbox|account|recipient|address|addressee|inbox)\b[^\w']*(?:[\w']+[^\w']+){0,7}?'?(?:unknown|not found|does(?: not|n't) exist|do(?: not|n't) exist|no longer|not exist|invalid|disabled|inactive|unavailable|terminated|deactivated|suspended)\b/i,
  /\b(?:unknown|no such|invalid|non-?existent|inactive|disabled|bad destination) (?:user|mailbox|account|recipient|address)/i,
  /\bno (?:mailbox|user|account)\b|not a (?:known|valid) (?:user|mailbox|recipient)|user doesn't have an? \S+ account/i,
  /\b(?:no such|unknown|unroute?able) (?:domain|host|address)|domain (?:not found|does not exist)/i,
];

/**
 * What a refusal means. Servers agree on the first figure only, so the enhanced status comes next and the words last. In doubt a refusal is about
 * this letter: to write once in vain costs less than never to write again.
 */
export function judgeRefusal({ code, command, responseCode, response = '' }: SmtpFailure): MailRefusal & { permanent: boolean } {
  const status = /^\d{3}[ -]#?([245]\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1] ?? null;
  const answer = { code: responseCode ?? null, status };
  // A refused log-in (535) is a 5xx as well, but no letter of the school would have gone out: this one goes when the password is put right.
  if (code !== 'EENVELOPE' && code !== 'EMESSAGE') return { ...answer, permanent: false, about: 'school' };
  const refused = responseCode === undefined || responseCode >= 500;
  const tooBig = responseCode === 552 || status === '5.3.4' || responseCode === undefined;
  if (command === 'MAIL FROM' && !tooBig) return { ...answer, permanent: false, about: 'school' };
  // 503 is «bad sequence of commands»: a conversation gone wrong.
  if (!refused || responseCode === 503) return { ...answer, permanent: false, about: 'letter' };
  return { ...answer, permanent: true, about: isDead(answer, response) ? 'address' : 'letter' };
}

/** Of an answer: what a server says in earnest is a line or two. */
const mostOfAnswer = 2000;

function isDead({ code, status }: Pick<MailRefusal, 'code' | 'status'>, response: string): boolean {
  if (status === '5.1.1' || status === '5.1.10') return true;
  // Names of people and of help pages say «spam» and «policy» too.
  const words = response.slice(0, mostOfAnswer).replace(/https?:\/\/\S+|<?[^\s<>@]+@[^\s<>]+>?/g, '');
  if (unwanted.test(words)) return false;
  // Yandex says 5.7.1 of a mailbox that is not there, so the words are asked whatever the status is.
  return (status !== null && deadStatuses.has(status)) || deadWords.some((pattern) => pattern.test(words)) || code === 551;
}
