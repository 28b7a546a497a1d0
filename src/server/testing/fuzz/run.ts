/**
 * Every procedure is called with what its schema takes, with what it nearly takes and with nonsense, by people of every role. Whatever comes back has to be
 * foreseen: a DTO or an error of ours, never UNEXPECTED, never somebody else's words, never the text of a statement or of a stack.
 */
import { TRPCError } from '@trpc/server';
import { wireError } from '../../trpc/init.ts';
import { aBrowser } from '../browser.ts';
import { aHostile, spoiled } from './hostile.ts';
import { meaningOf } from './ids.ts';
import type { Random } from './random.ts';
import { aValid, type Candidates, type ListedProcedure } from './schema.ts';
import { aCookieOf, type FuzzWorld, officeMark, victimsMark } from './world.ts';

export type FuzzRole = 'guest' | 'blocked' | 'student' | 'moderator';
export interface Finding {
  path: string;
  role: FuzzRole;
  what: string;
  /** As JSON, cut. */
  input: string;
}

/** Callers of the procedures and of the subscriptions, as a browser has them. */
interface Doors {
  call: unknown;
  streams(signal: AbortSignal): unknown;
}

export interface FuzzOptions {
  random: Random;
  procedures: ListedProcedure[];
  /** Calls of a procedure by each role that may call it at all. */
  rounds: Record<FuzzRole, number>;
  /** Ends early, between procedures. */
  enough?(): boolean;
  /** Other doors than the school's: with what a run proves that it finds something. */
  open?(cookie: string | undefined): Doors;
}

export interface FuzzResult {
  calls: number;
  /** How many ended in which way: what the run is worth shows in the share of `ok`. */
  outcomes: Record<string, number>;
  findings: Finding[];
  /** By role and procedure: what all its calls took, and how many they were. */
  spent: Map<string, { ms: number; calls: number }>;
}

/** Before moderators, who change and remove what the others look at. */
const order: FuzzRole[] = ['guest', 'blocked', 'student', 'moderator'];

export async function fuzz(world: FuzzWorld, options: FuzzOptions): Promise<FuzzResult> {
  const result: FuzzResult = { calls: 0, outcomes: {}, findings: [], spent: new Map() };
  for (const role of order) {
    for (const procedure of options.procedures) {
      if (options.enough?.()) return result;
      await world.school.app.pool.query('DELETE FROM rate_limit');
      await tryOne(world, options, role, procedure, result);
    }
  }
  return result;
}

/** Who is not let in at all is not let in with another input either: one call shows it. */
const turnedAway = new Set(['AUTH_SESSION_REQUIRED', 'AUTH_FORBIDDEN', 'AUTH_BLOCKED']);

async function tryOne(world: FuzzWorld, options: FuzzOptions, role: FuzzRole, procedure: ListedProcedure, result: FuzzResult) {
  const { random, rounds, open = (own: string | undefined) => aBrowser(world.school.app, { cookie: own }) } = options;
  let cookie = await aCookieOf(world, role);
  for (let round = 0; round < rounds[role]; round += 1) {
    const input = anInput(world, random, procedure);
    const startedAt = performance.now();
    const { outcome, answer } = await callOne(open(cookie), procedure, input);
    const before = result.spent.get(`${role} ${procedure.path}`) ?? { ms: 0, calls: 0 };
    result.spent.set(`${role} ${procedure.path}`, { ms: before.ms + performance.now() - startedAt, calls: before.calls + 1 });
    result.calls += 1;
    result.outcomes[outcome] = (result.outcomes[outcome] ?? 0) + 1;
    const what = wrongWith(role, outcome, answer);
    if (what) result.findings.push({ path: procedure.path, role, what, input: (JSON.stringify(input) ?? 'nothing').slice(0, 2000) });
    if (turnedAway.has(outcome)) {
      if (outcome !== 'AUTH_SESSION_REQUIRED' || role === 'guest' || round === 0) return;
      cookie = await aCookieOf(world, role);
    }
  }
}

/** The first is right wherever chance manages it; then one in three is. */
function anInput(world: FuzzWorld, random: Random, { path, input }: ListedProcedure): unknown {
  if (!input) return random.chance(0.5) ? undefined : aHostile(random);
  const valid = aValid(input, random, candidatesOf(world, random, path));
  return random.chance(0.4) ? valid : spoiled(valid, random);
}

const plainTexts = ['a', 'Анна', '7', '2026-11-24', '2026-11-24T12:00:00.000Z', '18:00', 'Europe/Moscow', 'ф'.repeat(43), 'f'.repeat(43)];
const marks = ['f'.repeat(64), 'a'.repeat(40), '000000', '+7 916 123-45-67', 'correct horse battery', 'W10', '1', '-1', 'слово'];

/** Ids of things that exist, mostly somebody else's; of other kinds, and of nothing, now and then. */
export function candidatesOf(world: FuzzWorld, random: Random, procedure: string): Candidates {
  return (field) => {
    const meaning = meaningOf(procedure, field);
    if (meaning === 'new') return [crypto.randomUUID(), crypto.randomUUID(), ...world.clientIds];
    if (meaning !== null) {
      const { foreign, own } = world.ids[meaning];
      const other = random.of(Object.values(world.ids)).foreign;
      return random.of([foreign, foreign, own, own, own, other, [crypto.randomUUID()]]);
    }
    const { course, exam, topic, article } = world.slugs;
    if (/course$/i.test(field)) return course;
    if (/exam$/i.test(field)) return exam;
    if (/topic$/i.test(field)) return topic;
    if (/slug$/i.test(field)) return article;
    if (/email|list/i.test(field)) return [world.victim.email, world.stranger.email, 'new@example.ru'];
    return random.chance(0.7) ? [...plainTexts, ...marks] : [aHostile(random)];
  };
}

type Called = (input: unknown) => Promise<unknown>;
const procedureOf = (caller: unknown, path: string) =>
  path.split('.').reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], caller) as Called;

/** What of it would leave the server, as text. */
export async function callOne(
  doors: Doors,
  { path, type }: Pick<ListedProcedure, 'path' | 'type'>,
  input: unknown,
): Promise<{ outcome: string; answer: string }> {
  try {
    const answer = type === 'subscription' ? await firstOf(doors, path, input) : await procedureOf(doors.call, path)(input);
    return { outcome: 'ok', answer: JSON.stringify(answer) ?? '' };
  } catch (error) {
    if (!(error instanceof TRPCError)) return { outcome: 'UNEXPECTED', answer: String(error) };
    const said = wireError(error, '');
    // Why, for the finding; what a client hears is `said`.
    const why = said.code === 'UNEXPECTED' ? ` ${error.cause?.stack ?? error.stack}` : '';
    return { outcome: said.code, answer: `${JSON.stringify(said)}${why}` };
  }
}

/** What a stream gives at once. */
async function firstOf(doors: Doors, path: string, input: unknown): Promise<unknown> {
  const end = new AbortController();
  const items = ((await procedureOf(doors.streams(end.signal), path)(input)) as AsyncIterable<unknown>)[Symbol.asyncIterator]();
  const first = items.next();
  end.abort();
  const given: unknown[] = [];
  for (let item = await first; !item.done; item = await items.next()) given.push(item.value);
  return given;
}

const innards = /node_modules|\.ts:\d|\bat \S+ \(|\bSELECT \b.*\bFROM\b|prisma|pg_catalog|violates|ECONN|Invalid `/;

function wrongWith(role: FuzzRole, outcome: string, answer: string): string | null {
  if (outcome === 'UNEXPECTED') return `UNEXPECTED: ${answer.slice(0, 1500)}`;
  if (outcome !== 'ok' && innards.test(answer)) return `says how it is made: ${answer.slice(0, 300)}`;
  if (role === 'moderator') return null;
  const mark = [victimsMark, officeMark].find((each) => answer.includes(each));
  return mark ? `gives ${mark} away: ${around(answer, mark)}` : null;
}

const around = (answer: string, mark: string) => answer.slice(Math.max(0, answer.indexOf(mark) - 200), answer.indexOf(mark) + 100);
