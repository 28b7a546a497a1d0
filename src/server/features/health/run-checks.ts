import type { Locale } from '#shared/auth.ts';
import { type Check, type CheckName, checkNames } from '#shared/health.ts';
import { catalogues } from '#shared/i18n/server.ts';
import { type Found, failed, type HealthParts, type Look, reasonOf } from './check.ts';
import { lookAtClock, lookAtConnections, lookAtDatabase, lookAtMigrations, lookAtZone, needsDatabase } from './checks/database.ts';
import { lookAtDisk, lookAtLog, lookAtStore } from './checks/files.ts';
import { lookAtMail, lookAtMoney, lookAtPayments, lookAtTelegram } from './checks/outside.ts';
import { lookAtAddress, lookAtDemo, lookAtSecret } from './checks/settings.ts';
import { lookAtBackup, lookAtDelivery, lookAtQueue } from './checks/work.ts';

/** `server` is seen from outside only: whoever can be asked runs. */
export const looks: Record<Exclude<CheckName, 'server'>, Look> = {
  database: lookAtDatabase,
  migrations: needsDatabase(lookAtMigrations),
  connections: needsDatabase(lookAtConnections),
  clock: needsDatabase(lookAtClock),
  zone: needsDatabase(lookAtZone),
  store: lookAtStore,
  disk: lookAtDisk,
  log: lookAtLog,
  mail: lookAtMail,
  telegram: needsDatabase(lookAtTelegram),
  payments: lookAtPayments,
  money: needsDatabase(lookAtMoney),
  queue: needsDatabase(lookAtQueue),
  delivery: needsDatabase(lookAtDelivery),
  backup: lookAtBackup,
  secret: lookAtSecret,
  address: lookAtAddress,
  demo: lookAtDemo,
};

export type NamedFound = Found & { name: CheckName };

const patienceMs = 9_000;

/** Looks at everything at once. A look that breaks, or that never comes back, is a part that failed, and holds up no other. */
export function runChecks(
  parts: HealthParts,
  which: Partial<Record<CheckName, Look>> = looks,
  withinMs = patienceMs,
): Promise<NamedFound[]> {
  const wanted = checkNames.flatMap((name) => (which[name] ? [{ name, look: which[name] }] : []));
  return Promise.all(wanted.map(async ({ name, look }) => ({ name, ...(await lookOnce(parts, look, withinMs)) })));
}

async function lookOnce(parts: HealthParts, look: Look, withinMs: number): Promise<Found> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Found>((resolve) => {
    timer = setTimeout(() => resolve(failed(({ hangs }) => hangs(Math.round(withinMs / 1000)))), withinMs);
  });
  try {
    return await Promise.race([look(parts), late]);
  } catch (error) {
    const reason = reasonOf(error, parts);
    return failed(({ broke }) => broke(reason));
  } finally {
    clearTimeout(timer);
  }
}

export function tellCheck({ name, state, say }: NamedFound, locale: Locale): Check {
  const words = catalogues[locale].health;
  const { detail, advice = null } = say(words);
  return { name, title: words.titles[name], state, detail, advice };
}
