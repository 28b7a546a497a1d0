import type { ProviderId } from '#shared/payments.ts';
import type { App } from '../../../platform/app.ts';
import type { Tx } from '../../../platform/db.ts';
import type { SavedMethod } from '../../../platform/payments.ts';

/** Of the seal, and of the hash by which a card is recognised. */
const purpose = 'payments.method';

/** Keeps a card that may be charged again; one that is known comes back to life under its id. The token is sealed. */
export async function keepMethod(
  app: App,
  tx: Tx,
  { personId, provider, method }: { personId: string; provider: ProviderId; method: SavedMethod },
): Promise<{ methodId: string }> {
  const { token, providerRef, mask, expires } = method;
  const known = app.secrets.keyed(purpose, provider, token).toString('base64url');
  const sealed = app.secrets.seal(purpose, token);
  // In one statement: two messages about the first payment by a card come at the same moment.
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO payment_method (person_id, provider, token, token_hash, provider_ref, mask, expires, created_at)
    VALUES (${personId}::uuid, ${provider}, ${sealed}, ${known}, ${providerRef}, ${mask}, ${expires}, ${app.clock.now()})
    ON CONFLICT (person_id, provider, token_hash) DO UPDATE SET token = EXCLUDED.token, mask = EXCLUDED.mask, forgotten_at = NULL,
      provider_ref = coalesce(EXCLUDED.provider_ref, payment_method.provider_ref), expires = coalesce(EXCLUDED.expires, payment_method.expires)
    RETURNING id`;
  if (!row) throw new Error('a card was not kept');
  return { methodId: row.id };
}

/** What the provider charges. Goes nowhere but to the provider. Null: it was sealed with another secret than the school has today. */
export function tokenOf(app: App, method: { token: string }): string | null {
  try {
    return app.secrets.unseal(purpose, method.token);
  } catch {
    return null;
  }
}
