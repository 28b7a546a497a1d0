import { isIPv6 } from 'node:net';
import type pg from 'pg';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '#shared/errors.ts';
import { createBrake } from './brakes.ts';
import { sha256 } from './secrets.ts';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * How often a thing may be done, by what. Limits per address are those of facts on one-time codes (at most 50 guesses in a million a day);
 * limits per IP are wide, because a whole class sits behind one.
 */
export const limitRules = {
  /** Letters with a code to one address. */
  'code.resend': { points: 1, seconds: 60 },
  'code.hour': { points: 5, seconds: hour },
  'code.day': { points: 10, seconds: day },
  'code.ip': { points: 120, seconds: hour },
  'verify.ip': { points: 300, seconds: hour },
  'password.address': { points: 10, seconds: 15 * minute },
  'password.ip': { points: 60, seconds: 15 * minute },
  /** Codes of a moderator's second step: three of a million are right at any time, so a whole day of guessing is one chance in ten thousand. */
  'second-step.hour': { points: 10, seconds: hour },
  'second-step.day': { points: 30, seconds: day },
  'second-step.ip': { points: 60, seconds: 15 * minute },
  'sample.ip': { points: 60, seconds: 10 * minute },
  /** Votes on answers, by person or by network. */
  'faq.vote': { points: 300, seconds: hour },
  /** Votes of guests on one answer, by network: their browsers make themselves up, so a wish to be many costs nothing. */
  'faq.guest': { points: 60, seconds: day },
  /** Letters switched off and on by the link in a letter. */
  'unsubscribe.person': { points: 60, seconds: hour },
  /** Links to the bot. */
  'telegram.link': { points: 20, seconds: hour },
  /** What one Telegram says to the bot, its buttons included. */
  'telegram.user': { points: 60, seconds: minute },
  /** How often it hears that it was too much. */
  'telegram.told': { points: 1, seconds: 30 },
  /** How often it hears that messages changed there stay as they were. */
  'telegram.edited': { points: 1, seconds: day },
  /** Orders and tries to pay them: each asks a bank for a page. */
  'payments.checkout': { points: 40, seconds: hour },
  /** How often a page has the bank asked what became of an order. */
  'payments.check': { points: 20, seconds: minute },
  /** Promo codes tried by one person: a page asks once more when another plan is chosen. */
  'payments.promo': { points: 40, seconds: hour },
  /** Files read to be imported: each costs seconds of work. */
  'transfer.person': { points: 200, seconds: hour },
  /** Tables and courses taken out of the school: each reads thousands of rows, or all files of a course. */
  'download.person': { points: 120, seconds: hour },
  /** Megabytes sent to the school. */
  'upload.student': { points: 1000, seconds: day },
  'upload.moderator': { points: 60_000, seconds: day },
} as const;
export type LimitName = keyof typeof limitRules;

export interface Limits {
  /**
   * Counts one use, or so many points, over all processes.
   * @throws AppError AUTH_RATE_LIMITED when the limit is used up
   */
  take(name: LimitName, key: string, points?: number): Promise<void>;
  /** Seconds until the next use is free; 0: now. Counts nothing. */
  wait(name: LimitName, key: string): Promise<number>;
  /** Counts one answer of a student, over the processes of this machine: a brake on guessing that must not cost a statement. */
  takeAnswer(personId: string): Promise<void>;
  /** Counts one saving of an exam, the same way. A page that saves as one types needs a fraction of it. */
  takeSync(personId: string): Promise<void>;
  /** Counts one search of anybody in the questions and answers, by network, the same way: each is up to seven statements. */
  takeSearch(network: string): Promise<void>;
  /** Counts one message of a chat, the same way. */
  takeMessage(person: { id: string; role: 'student' | 'moderator' }): Promise<void>;
  /** May it be told just now that this person types there? Not twice within a second; what is not told is said again soon anyway. */
  mayTellTyping(personId: string, threadId: string): Promise<boolean>;
}

/** Messages a minute of a moderator: answers to a whole class. */
const moderatorMessages = 120;

/**
 * @param messagesPerMinute of a student, in chats
 * @param worker one of several processes of this machine, which count together what is not counted in the database
 */
export function createLimits(pool: pg.Pool, messagesPerMinute: number, worker = false): Limits {
  const limiters = new Map(
    Object.entries(limitRules).map(([name, rule]) => [
      name,
      new RateLimiterPostgres({
        storeClient: pool,
        // It would know one by the name of its class, and ours has a name of its own.
        storeType: 'pool',
        tableName: 'rate_limit',
        tableCreated: true,
        keyPrefix: name,
        points: rule.points,
        duration: rule.seconds,
        clearExpiredByTimeout: true,
      }),
    ]),
  );
  const answers = createBrake('answer', { points: 40, seconds: minute }, worker);
  const syncs = createBrake('sync', { points: 240, seconds: minute }, worker);
  // A class that types at once behind one address asks so often at most.
  const searches = createBrake('search', { points: 600, seconds: minute }, worker);
  const messages = {
    student: createBrake('message', { points: messagesPerMinute, seconds: minute }, worker),
    moderator: createBrake('reply', { points: Math.max(moderatorMessages, messagesPerMinute), seconds: minute }, worker),
  };
  const typing = createBrake('typing', { points: 1, seconds: 1 }, worker);
  // Hashed: an address of 254 letters would not fit beside the name of its limit, and the table holds no addresses then.
  return {
    take: (name, key, points = 1) => refuseAbove(limiters.get(name)?.consume(sha256(key), points)),
    async wait(name, key) {
      const state = await limiters.get(name)?.get(sha256(key));
      return state && state.remainingPoints <= 0 ? Math.ceil(state.msBeforeNext / 1000) : 0;
    },
    takeAnswer: (personId) => refuseAbove(answers(personId)),
    takeSync: (personId) => refuseAbove(syncs(personId)),
    takeSearch: (network) => refuseAbove(searches(network)),
    takeMessage: ({ id, role }) => refuseAbove(messages[role](id)),
    mayTellTyping: (personId, threadId) =>
      typing(`${personId} ${threadId}`).then(
        () => true,
        () => false,
      ),
  };
}

async function refuseAbove(counted: Promise<unknown> | undefined): Promise<void> {
  try {
    await counted;
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    throw new AppError('AUTH_RATE_LIMITED', { retryAfterSeconds: Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)) });
  }
}

/** The part of an address that one household or machine holds: an IPv6 network of 64 bits, or the IPv4 address itself. */
export function networkOf(ip: string): string {
  const plain = ip.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail = ''] = plain.split('%')[0]?.split('::') ?? [];
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const groups = [...left, ...Array(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
