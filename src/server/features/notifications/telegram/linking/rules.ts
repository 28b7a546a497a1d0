import { linkMinutes } from '#shared/notifications.ts';

export const linkMs = linkMinutes * 60_000;

export interface LinkTokenFacts {
  expiresAt: Date;
  /** Who opened it first. */
  telegramId: bigint | null;
  usedAt: Date | null;
}

/** What a token is good for, at this moment and for this Telegram. */
export function judgeToken(token: LinkTokenFacts, telegramId: bigint, now: Date): 'good' | 'over' | 'another' {
  if (token.telegramId !== null && token.telegramId !== telegramId) return 'another';
  return token.usedAt !== null || token.expiresAt <= now ? 'over' : 'good';
}

/** SHA-256 in fewer letters, for a button, which carries 64 bytes at most. */
export function shortHash(hash: string): string {
  return Buffer.from(hash, 'hex').toString('base64url');
}

export function longHash(short: string): string {
  return Buffer.from(short, 'base64url').toString('hex');
}
