import type { Log } from '../platform/log.ts';
import type { Drain } from '../web.ts';
import { type Member, startMember } from './member.ts';

export interface CrewParts {
  size: number;
  port: number;
  databaseUrl: string;
  log: Log;
  /** For the person who started the school: something went wrong, and what comes of it. */
  warn: (line: string) => void;
  say: (line: string) => void;
}

export interface Crew {
  /**
   * Starts the first, which prepares what the others find, then all the others.
   * @param leavePort called before the first takes the port
   * @throws WorkerFailure of the first that could not start
   */
  open(leavePort: () => Promise<void>): Promise<void>;
  renew(): void;
  stop(drain: Drain): Promise<void>;
  kill(): void;
}

/** Before a worker that has ended is replaced; twice as long each time, where its successors end soon as well. */
const againMs = 500;
const longestMs = 30_000;
/** Who lived so long did not end of what it met at its start. */
const steadyMs = 60_000;

/** One of the places in which a worker is at any time, or will be soon. */
interface Place {
  member: Member | null;
  failures: number;
  timer?: NodeJS.Timeout;
}

export function startCrew({ size, port, databaseUrl, log, say, warn }: CrewParts): Crew {
  const places: Place[] = Array.from({ length: size }, () => ({ member: null, failures: 0 }));
  /** Those that were started and have not ended. */
  const alive = new Set<Member>();
  let stopping = false;
  let renewing: Promise<void> | null = null;
  let renewAgain = false;

  /** Starts one, and waits until it serves. */
  async function start(prepares: boolean, leavePort?: () => Promise<void>): Promise<Member> {
    const member = startMember({ port, databaseUrl, prepares });
    alive.add(member);
    void member.ended.then(() => alive.delete(member));
    await member.opened;
    await leavePort?.();
    await member.listen();
    log.info({ worker: member.pid }, 'a worker serves');
    return member;
  }

  function fill(place: Place, member: Member): void {
    clearTimeout(place.timer);
    place.member = member;
    const since = performance.now();
    void member.ended.then((end) => {
      // One that was replaced was asked to end.
      if (place.member !== member || stopping) return;
      place.member = null;
      if (performance.now() - since > steadyMs) place.failures = 0;
      warn(`A process of the school (${member.pid}) ended by itself, ${end}; another one takes its place.`);
      refillSoon(place);
    });
  }

  function refillSoon(place: Place): void {
    const delay = Math.min(longestMs, againMs * 2 ** place.failures);
    place.failures += 1;
    place.timer = setTimeout(() => void refill(place), delay);
  }

  async function refill(place: Place): Promise<void> {
    try {
      const member = await start(false);
      if (place.member) await member.stop('beside-others');
      else fill(place, member);
    } catch (error) {
      if (stopping || place.member) return;
      warn(`A process of the school could not be started and will be tried again: ${messageOf(error)}`);
      refillSoon(place);
    }
  }

  async function renewAll(): Promise<void> {
    for (const [index, place] of places.entries()) {
      if (stopping) return;
      const next = await start(index === 0);
      if (stopping) return;
      const former = place.member;
      fill(place, next);
      // Its requests and jobs are finished before the next one has its turn: no more than one process is there twice.
      await former?.stop('beside-others');
    }
    say('All processes of the school are new.');
  }

  async function keepRenewing(): Promise<void> {
    do {
      renewAgain = false;
      await renewAll().catch((error: unknown) => {
        if (!stopping) warn(`The processes of the school were not renewed, and go on as they are: ${messageOf(error)}`);
      });
    } while (renewAgain && !stopping);
    renewing = null;
  }

  return {
    async open(leavePort) {
      const [first, ...others] = places;
      if (first) fill(first, await start(true, leavePort));
      await Promise.all(others.map(async (place) => fill(place, await start(false))));
    },
    renew() {
      renewAgain = true;
      renewing ??= keepRenewing();
    },
    async stop(drain) {
      stopping = true;
      for (const place of places) clearTimeout(place.timer);
      await Promise.all([...alive].map((member) => member.stop(drain)));
      await renewing;
    },
    kill() {
      stopping = true;
      for (const member of alive) member.kill();
    },
  };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
