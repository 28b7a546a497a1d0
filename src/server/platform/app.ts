import type pg from 'pg';
import type { Bus } from './bus.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Db } from './db.ts';
import type { Jobs } from './jobs.ts';
import type { Limits } from './limits.ts';
import type { Log } from './log.ts';
import type { Mailer } from './mail.ts';
import type { Markdown } from './markdown.ts';
import type { Metrics } from './metrics.ts';
import type { Payments } from './payments.ts';
import type { Secrets } from './secrets.ts';
import type { Sessions } from './sessions.ts';
import type { Storage } from './storage.ts';
import type { Telegram } from './telegram.ts';

/** Everything the code depends on, made once at start and handed around. Nothing else reads the environment or opens a connection. */
export interface App {
  config: Config;
  log: Log;
  bus: Bus;
  clock: Clock;
  db: Db;
  pool: pg.Pool;
  jobs: Jobs;
  limits: Limits;
  mail: Mailer;
  markdown: Markdown;
  metrics: Metrics;
  /** Null: this school takes no payments. */
  payments: Payments | null;
  secrets: Secrets;
  sessions: Sessions;
  storage: Storage;
  /** Null: this school has no bot. */
  telegram: Telegram | null;
}

/** Who acts. `person` comes from a session; `cli` and `system` from the server itself. */
export type Actor = PersonActor | { kind: 'cli' } | { kind: 'system' };
export interface PersonActor {
  kind: 'person';
  id: string;
  role: 'student' | 'moderator';
  timeZone: string;
}

/** The name under which an actor stands in the audit. */
export function actorName(actor: Actor): string {
  return actor.kind === 'person' ? actor.id : actor.kind;
}
