import * as z from 'zod';
import { secondStepRules } from '#shared/second-step-rules.ts';
import type { App } from '../../../platform/app.ts';
import { sameSecret } from '../../../platform/secrets.ts';

const sealed = z.object({
  personId: z.uuid(),
  /** Milliseconds of the clock. */
  until: z.number(),
  /** Of the password that was given: another password since then ends what was begun with it. */
  mark: z.string(),
  /** Of a setup only. */
  secret: z.string().default(''),
});
type Purpose = 'second-step-setup' | 'second-step-ticket';
const minutes = { 'second-step-setup': secondStepRules.setupMinutes, 'second-step-ticket': secondStepRules.ticketMinutes };

export interface Begun {
  personId: string;
  secret: string;
  /** The password is still the one it was begun with. */
  holds(passwordHash: string | null | undefined): boolean;
}

/** What was begun with a password and waits for a code. The school keeps nothing of it: any process can read it, and no row is left behind. */
export function sealBegun(app: App, purpose: Purpose, person: { id: string; passwordHash: string }, secret = ''): string {
  const until = app.clock.now().getTime() + minutes[purpose] * 60_000;
  return app.secrets.seal(purpose, JSON.stringify({ personId: person.id, until, mark: markOf(app, person.passwordHash), secret }));
}

/** Null: not ours, of another purpose, or too old. */
export function readBegun(app: App, purpose: Purpose, text: string): Begun | null {
  let plain: unknown;
  try {
    plain = JSON.parse(app.secrets.unseal(purpose, text));
  } catch {
    return null;
  }
  const { personId, until, mark, secret } = sealed.parse(plain);
  if (until <= app.clock.now().getTime()) return null;
  return { personId, secret, holds: (hash) => typeof hash === 'string' && sameSecret(mark, markOf(app, hash)) };
}

function markOf(app: App, passwordHash: string): string {
  return app.secrets.keyed('second-step-password', passwordHash).toString('base64url');
}

const ofSecret = 'second-step-secret';

export function sealSecret(app: App, secret: string): string {
  return app.secrets.seal(ofSecret, secret);
}

/** Null where the school's own secret is another by now: such a person needs a recovery code, or whoever has the server. */
export function readSecret(app: App, personId: string, text: string): string | null {
  try {
    return app.secrets.unseal(ofSecret, text);
  } catch {
    app.log.error(
      { personId },
      'the second step of a moderator cannot be read, for SECRET has changed: npm run moderator -- totp-off <email>',
    );
    return null;
  }
}
