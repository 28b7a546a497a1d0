import { liveClose, liveLimits } from '#shared/live-rules.ts';
import type { App } from '../../platform/app.ts';
import { resync } from '../../platform/bus.ts';
import type { LiveSession } from '../../platform/sessions.ts';
import type { LiveSocket } from './socket.ts';

export interface SessionWatch {
  /** Who opens a socket. */
  admit(cookieHeader: string | undefined): Promise<LiveSession | 'none' | 'blocked'>;
  /** False: this person has enough sockets. */
  add(socket: LiveSocket): boolean;
  remove(socket: LiveSocket): void;
  /** While hints were lost and the sessions are being looked at: what to wait for before anything is told. */
  trusted(): Promise<void> | null;
  close(): void;
}

/** Closes the sockets of sessions that end, wherever they end: told by hints, and looked at now and then. */
export function watchSessions(app: App, lookMs: number): SessionWatch {
  const bySession = new Map<string, Set<LiveSocket>>();
  const byPerson = new Map<string, Set<LiveSocket>>();
  let heard = 0;
  let looking: Promise<void> | null = null;
  let closed = false;

  const end = (sockets: Iterable<LiveSocket> | undefined, code: number) => {
    for (const socket of [...(sockets ?? [])]) socket.end(code);
  };

  async function look(): Promise<void> {
    if (bySession.size === 0) return;
    const ids = [...bySession.keys()];
    const standing = await app.sessions.standing(ids);
    for (const id of ids) {
      const now = standing.get(id);
      if (now !== 'live') end(bySession.get(id), now === 'blocked' ? liveClose.blocked : liveClose.session);
    }
  }

  const unfollow = app.bus.follow('sessions', (hint) => {
    heard += 1;
    if (hint === resync) trust();
    else if (hint.kind === 'blocked') end(byPerson.get(hint.personId), liveClose.blocked);
    else for (const id of hint.ids) end(bySession.get(id), liveClose.session);
  });

  /** Until a look succeeds nothing is told: an end may have been among the hints that were lost. */
  function trust(): void {
    const attempt = (async () => {
      for (let wait = 200; !closed; wait = Math.min(wait * 2, 5_000)) {
        try {
          return await look();
        } catch (error) {
          app.log.error({ err: error }, 'sessions of sockets could not be read');
          await new Promise((resolve) => setTimeout(resolve, wait));
        }
      }
    })();
    const done = attempt.then(() => {
      if (looking === done) looking = null;
    });
    looking = done;
  }

  const timer = setInterval(() => {
    look().catch((error: unknown) => app.log.error({ err: error }, 'sessions of sockets could not be read'));
  }, lookMs);

  return {
    async admit(cookieHeader) {
      for (;;) {
        const before = heard;
        const found = await app.sessions.peek(cookieHeader);
        // Its end may have been told while it was read, and by nobody again.
        if (before === heard) return found;
      }
    },
    add(socket) {
      const { id, person } = socket.session;
      const persons = byPerson.get(person.id) ?? new Set();
      if (persons.size >= liveLimits.sockets) return false;
      byPerson.set(person.id, persons.add(socket));
      bySession.set(id, (bySession.get(id) ?? new Set()).add(socket));
      return true;
    },
    remove(socket) {
      const { id, person } = socket.session;
      removeFrom(bySession, id, socket);
      removeFrom(byPerson, person.id, socket);
    },
    trusted: () => looking,
    close() {
      closed = true;
      clearInterval(timer);
      unfollow();
    },
  };
}

function removeFrom<K, V>(sets: Map<K, Set<V>>, key: K, value: V): void {
  const set = sets.get(key);
  set?.delete(value);
  if (set?.size === 0) sets.delete(key);
}
