import type { CheckState } from '#shared/health.ts';
import type { health as words } from '#shared/i18n/ru/health.ts';
import type { App } from '../../platform/app.ts';
import { scrubber, secretsOf } from '../../platform/log.ts';

export type HealthWords = typeof words;

/** What checks need of an App. `npm run doctor` has no more where the school is down. */
export type HealthParts = Pick<App, 'config' | 'pool' | 'clock' | 'storage' | 'payments'>;

interface Said {
  detail: string;
  advice?: string;
}

/** What a look at one part found; said in the language of whoever asks. */
export interface Found {
  state: CheckState;
  say(words: HealthWords): Said;
}

export type Look = (parts: HealthParts) => Promise<Found>;

type Say = Found['say'];
export const ok = (say: Say): Found => ({ state: 'ok', say });
export const warning = (say: Say): Found => ({ state: 'warning', say });
export const failed = (say: Say): Found => ({ state: 'failed', say });
export const off = (say: Say): Found => ({ state: 'off', say });

/** Why something did not work, in a line that an admin may read: what others said, without secrets. */
export function reasonOf(error: unknown, { config }: Pick<HealthParts, 'config'>): string {
  const { message, code } = error instanceof Error ? (error as Error & { code?: unknown }) : { message: String(error), code: undefined };
  // Connecting to a name with several addresses fails with an error that says nothing by itself.
  const inner = error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0].message : '';
  const text = (message || inner || String(code ?? 'error')).replaceAll(/\s+/g, ' ').trim();
  return scrubber(secretsOf(config))(text).slice(0, 200);
}

/** On this machine or in a network of one's own: a school that is only being tried out. */
export function isPrivate(publicUrl: string): boolean {
  const { hostname } = new URL(publicUrl);
  return (
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(hostname) ||
    /\.(local|lan|internal|localhost)$/.test(hostname)
  );
}
