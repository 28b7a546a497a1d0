import { type Adapter, type DatabaseSession, type DatabaseUser, Lucia, TimeSpan } from 'lucia';
import type pg from 'pg';
import { publishSql } from './bus.ts';
import type { Clock } from './clock.ts';
import type { Tx } from './db.ts';
import { sha256 } from './secrets.ts';

interface SessionAttributes {
  createdAt: Date;
  lastSeenAt: Date;
  userAgent: string;
  ip: string;
}

/** What every request needs to know of the person, read with the session in one statement. */
export interface SessionPerson {
  role: 'student' | 'moderator';
  email: string;
  firstName: string;
  lastName: string;
  phone: string | null;
  timeZone: string;
  locale: 'ru' | 'en';
}

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<SessionAttributes, SessionPerson>;
    DatabaseSessionAttributes: SessionAttributes;
    DatabaseUserAttributes: SessionPerson;
  }
}

export interface LiveSession {
  /** The hash under which the session is stored: safe to show to its owner. */
  id: string;
  person: SessionPerson & { id: string };
  /** Set when the cookie is to be sent again with a later expiry. */
  renewedCookie: string | null;
}

export type EndedSessions = { only: string } | { except: string } | 'all';

export interface Sessions {
  /** The session of a Cookie header, or null. Slides its expiry. One statement; a second one at most every five minutes. */
  read(cookieHeader: string | undefined): Promise<LiveSession | null>;
  /** The cookie is of a session that would live if the person were not blocked. To be asked only where `read` found none. */
  isBlocked(cookieHeader: string | undefined): Promise<boolean>;
  /**
   * The session of a Cookie header for a socket, or why there is none. Prolongs nothing: a tab that is open, and comes back by itself after every lost
   * connection, is not use.
   */
  peek(cookieHeader: string | undefined): Promise<LiveSession | 'none' | 'blocked'>;
  /** How these sessions (by the hashes of their ids) stand now; who is not in it has ended. Prolongs nothing. */
  standing(ids: string[]): Promise<Map<string, 'live' | 'blocked'>>;
  /** @returns the Set-Cookie value */
  create(personId: string, from: { userAgent: string; ip: string }): Promise<string>;
  list(personId: string): Promise<(SessionAttributes & { id: string })[]>;
  /** Tells every process, which closes their sockets. @returns how many ended */
  end(personId: string, which: EndedSessions): Promise<number>;
  /** The same in the transaction of its cause: a session must not outlive a crash between the two. */
  endIn(tx: Tx, personId: string, which: EndedSessions): Promise<number>;
  removeExpired(): Promise<void>;
  /** A Set-Cookie value that takes the cookie away. */
  readonly blankCookie: string;
}

const dayMs = 86_400_000;
const idleModeratorMs = 12 * 3_600_000;
/** However much it is used: then one signs in anew. A student learns for a whole school year without. */
const longestMs = { moderator: 30 * dayMs, student: 400 * dayMs };
const touchAfterMs = 5 * 60_000;

/** Sessions are Lucia's; ids are hashed by the adapter before they touch the database. Every import of Lucia stands in this file. */
export function createSessions(pool: pg.Pool, options: { secure: boolean; clock: Clock }): Sessions {
  const adapter = poolAdapter(pool);
  const lucia = new Lucia<SessionAttributes, SessionPerson>(adapter, {
    sessionExpiresIn: new TimeSpan(30, 'd'),
    sessionCookie: { name: options.secure ? '__Host-otlichno' : 'otlichno', attributes: { secure: options.secure, sameSite: 'lax' } },
    getSessionAttributes: (attributes) => attributes,
    getUserAttributes: (attributes) => attributes,
  });
  return {
    blankCookie: lucia.createBlankSessionCookie().serialize(),
    async read(cookieHeader) {
      const token = cookieHeader ? lucia.readSessionCookie(cookieHeader) : null;
      if (!token || token.length > 100) return null;
      const { session, user } = await lucia.validateSession(token);
      if (!session) return null;
      const now = options.clock.now();
      const idleMs = now.getTime() - session.lastSeenAt.getTime();
      const tooOld = now.getTime() - session.createdAt.getTime() > longestMs[user.role];
      if (tooOld || (user.role === 'moderator' && idleMs > idleModeratorMs)) {
        await lucia.invalidateSession(token);
        return null;
      }
      if (idleMs > touchAfterMs) await pool.query('UPDATE session SET last_seen_at = $2 WHERE id = $1', [sha256(token), now]);
      return { id: sha256(token), person: user, renewedCookie: session.fresh ? lucia.createSessionCookie(token).serialize() : null };
    },
    async isBlocked(cookieHeader) {
      const token = cookieHeader ? lucia.readSessionCookie(cookieHeader) : null;
      if (!token || token.length > 100) return false;
      const { rowCount } = await pool.query(
        'SELECT FROM session s JOIN person p ON p.id = s.person_id WHERE s.id = $1 AND s.expires_at > $2 AND p.blocked_at IS NOT NULL',
        [sha256(token), options.clock.now()],
      );
      return rowCount === 1;
    },
    async peek(cookieHeader) {
      const token = cookieHeader ? lucia.readSessionCookie(cookieHeader) : null;
      if (!token || token.length > 100) return 'none';
      const id = sha256(token);
      const standing = (await this.standing([id])).get(id) ?? 'none';
      if (standing !== 'live') return standing;
      const [session, user] = await adapter.getSessionAndUser(token);
      return session && user ? { id, person: { ...user.attributes, id: user.id }, renewedCookie: null } : 'none';
    },
    async standing(ids) {
      const { rows } = await pool.query<{ id: string; blocked: boolean }>({
        name: 'sessions-standing',
        text: `SELECT s.id, p.blocked_at IS NOT NULL AS blocked FROM session s JOIN person p ON p.id = s.person_id
          WHERE s.id = ANY($1) AND s.expires_at > now()
            AND CASE p.role WHEN 'moderator' THEN s.last_seen_at >= $2 AND s.created_at >= $3 ELSE s.created_at >= $4 END`,
        values: [
          ids,
          ...[idleModeratorMs, longestMs.moderator, longestMs.student].map((ms) => new Date(options.clock.now().getTime() - ms)),
        ],
      });
      return new Map(rows.map(({ id, blocked }) => [id, blocked ? 'blocked' : 'live']));
    },
    async create(personId, { userAgent, ip }) {
      const now = options.clock.now();
      const session = await lucia.createSession(personId, { createdAt: now, lastSeenAt: now, userAgent: userAgent.slice(0, 300), ip });
      return lucia.createSessionCookie(session.id).serialize();
    },
    async list(personId) {
      const found = await lucia.getUserSessions(personId);
      return found.map(({ id, createdAt, lastSeenAt, userAgent, ip }) => ({ id, createdAt, lastSeenAt, userAgent, ip }));
    },
    async end(personId, which) {
      return ended((await pool.query<EndedRow>(endStatement(which), endValues(personId, which))).rows);
    },
    async endIn(tx, personId, which) {
      return ended(await tx.$queryRawUnsafe<EndedRow[]>(endStatement(which), ...endValues(personId, which)));
    },
    removeExpired: () => lucia.deleteExpiredSessions(),
  };
}

type EndedRow = { ended: number };

function ended(rows: EndedRow[]): number {
  return rows.reduce((sum, row) => sum + row.ended, 0);
}

function endStatement(which: EndedSessions): string {
  return deleteSessions(`person_id = $1::uuid${which === 'all' ? '' : 'only' in which ? ' AND id = $2' : ' AND id <> $2'}`);
}

function endValues(personId: string, which: EndedSessions): string[] {
  return [personId, ...(which === 'all' ? [] : 'only' in which ? [which.only] : [which.except])];
}

/** In one statement with the hint, so that no session ends untold. In portions: a hint has room for about a hundred ids. */
function deleteSessions(where: string): string {
  const hint = `jsonb_build_object('kind', 'ended', 'ids', jsonb_agg(id))`;
  return `WITH gone AS (DELETE FROM session WHERE ${where} RETURNING id)
    SELECT count(*)::int AS ended, ${publishSql(`'sessions'`, hint)} AS told
    FROM (SELECT id, (row_number() OVER ()) / 50 AS portion FROM gone) AS portions GROUP BY portion`;
}

const sessionColumns = 's.id, s.person_id, s.expires_at, s.created_at, s.last_seen_at, s.user_agent, s.ip';

interface SessionRow {
  id: string;
  person_id: string;
  expires_at: Date;
  created_at: Date;
  last_seen_at: Date;
  user_agent: string;
  ip: string;
}

interface SessionPersonRow extends SessionRow {
  role: 'student' | 'moderator';
  email: string;
  first_name: string;
  last_name: string;
  phone: string | null;
  time_zone: string;
  locale: 'ru' | 'en';
}

// Speaks to the pool: every request of a signed-in person begins with `getSessionAndUser`.
function poolAdapter(pool: pg.Pool): Adapter {
  return {
    async getSessionAndUser(token) {
      const { rows } = await pool.query<SessionPersonRow>({
        name: 'session-and-person',
        text: `SELECT ${sessionColumns}, p.role, p.email, p.first_name, p.last_name, p.phone, p.time_zone, p.locale
          FROM session s JOIN person p ON p.id = s.person_id WHERE s.id = $1 AND p.blocked_at IS NULL`,
        values: [sha256(token)],
      });
      const row = rows[0];
      if (!row) return [null, null];
      const user: DatabaseUser = {
        id: row.person_id,
        attributes: {
          role: row.role,
          email: row.email,
          firstName: row.first_name,
          lastName: row.last_name,
          phone: row.phone,
          timeZone: row.time_zone,
          locale: row.locale,
        },
      };
      // Lucia passes this id back to the methods below, which hash it: it must stay the token.
      return [{ ...toSession(row), id: token }, user];
    },
    async getUserSessions(personId) {
      const { rows } = await pool.query<SessionRow>(
        `SELECT ${sessionColumns} FROM session s WHERE person_id = $1 ORDER BY last_seen_at DESC`,
        [personId],
      );
      return rows.map(toSession);
    },
    async setSession({ id, userId, expiresAt, attributes }) {
      await pool.query(
        'INSERT INTO session (id, person_id, expires_at, created_at, last_seen_at, user_agent, ip) VALUES ($1, $2, $3, $4, $5, $6, $7)',
        [sha256(id), userId, expiresAt, attributes.createdAt, attributes.lastSeenAt, attributes.userAgent, attributes.ip],
      );
    },
    async updateSessionExpiration(token, expiresAt) {
      await pool.query('UPDATE session SET expires_at = $2 WHERE id = $1', [sha256(token), expiresAt]);
    },
    async deleteSession(token) {
      await pool.query(deleteSessions('id = $1'), [sha256(token)]);
    },
    async deleteUserSessions(personId) {
      await pool.query(endStatement('all'), [personId]);
    },
    async deleteExpiredSessions() {
      await pool.query('DELETE FROM session WHERE expires_at <= now()');
    },
  };
}

function toSession(row: SessionRow): DatabaseSession {
  return {
    id: row.id,
    userId: row.person_id,
    expiresAt: row.expires_at,
    attributes: { createdAt: row.created_at, lastSeenAt: row.last_seen_at, userAgent: row.user_agent, ip: row.ip },
  };
}
