import { eraseAfterDays } from '#shared/personal-data-rules.ts';
import type { Secrets } from '../../../platform/secrets.ts';

/** In whose place the journal puts somebody who was erased: the same for all of them. */
export const nobody = '00000000-0000-0000-0000-000000000000';

const dayMs = 86_400_000;

export function eraseAtOf(now: Date): Date {
  return new Date(now.getTime() + eraseAfterDays * dayMs);
}

/** Tells whether an address was erased without keeping it. */
export function emailHash(secrets: Secrets, email: string): string {
  return secrets.keyed('erasure.email', email).toString('base64url');
}

/** So long a page may stand open with «Отменить удаление» after the code was right. */
const keepMs = 15 * 60_000;
const keepPurpose = 'personal-data.keep';

/** For whoever has proven by a code that a closed account is theirs: opens it again, once and for some minutes. */
export function keepToken(secrets: Secrets, personId: string, now: Date): string {
  return secrets.seal(keepPurpose, JSON.stringify({ personId, until: now.getTime() + keepMs }));
}

/** Null: made by somebody else, or too old. */
export function readKeepToken(secrets: Secrets, token: string, now: Date): string | null {
  try {
    const { personId, until } = JSON.parse(secrets.unseal(keepPurpose, token));
    return typeof personId === 'string' && typeof until === 'number' && until > now.getTime() ? personId : null;
  } catch {
    return null;
  }
}
