import type { Locale } from '#shared/auth.ts';
import type { HealthDto } from '#shared/health.ts';
import type { App } from '../../platform/app.ts';
import { type NamedFound, runChecks, tellCheck } from './run-checks.ts';

interface Looked {
  at: Date;
  startedMs: number;
  found: Promise<NamedFound[]>;
}

/** A page that is looked at by several asks once; mail servers and banks are not asked for every dashboard that is open. */
const freshMs = { page: 30_000, brief: 5 * 60_000 };
const lastLook = new WeakMap<App, Looked>();

function look(app: App, maxAgeMs: number): Looked {
  const known = lastLook.get(app);
  if (known && performance.now() - known.startedMs < maxAgeMs) return known;
  const looked = { at: app.clock.now(), startedMs: performance.now(), found: runChecks(app) };
  lastLook.set(app, looked);
  return looked;
}

export async function getHealth(app: App, { locale }: { locale: Locale }): Promise<HealthDto> {
  const { at, found } = look(app, freshMs.page);
  return { checkedAt: at.toISOString(), checks: (await found).map((one) => tellCheck(one, locale)) };
}

export async function getHealthBrief(app: App): Promise<{ failed: number; warnings: number }> {
  const found = await look(app, freshMs.brief).found;
  const count = (state: NamedFound['state']) => found.filter((one) => one.state === state).length;
  return { failed: count('failed'), warnings: count('warning') };
}
