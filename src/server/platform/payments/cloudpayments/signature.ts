import { createHmac, timingSafeEqual } from 'node:crypto';
import type { WebhookRequest } from '../../payments.ts';
import { type Charset, decodeText, percentDecoded } from './body.ts';

/**
 * How far a message can be trusted. `raw`: every byte of it is signed (`Content-HMAC`). `decoded`: only what stands there once percent signs are undone
 * (`X-Content-HMAC`), so that somebody who has seen one message can cut its fields anew: no money counts on it.
 */
export type Trust = 'raw' | 'decoded' | 'forged';

const digest = /^[A-Za-z0-9+/]{43}=$/;

export function judge(secret: string, { headers, raw }: Pick<WebhookRequest, 'headers' | 'raw'>, charset: Charset): Trust {
  const whole = headers['content-hmac'];
  if (whole !== undefined) return fits(secret, whole, [raw]) ? 'raw' : 'forged';
  const decoded = headers['x-content-hmac'];
  if (decoded === undefined) return 'forged';
  // What exactly is signed there depends on what their programme makes of a plus, and of letters of Windows-1251: any reading will do.
  const readings = [percentDecoded(raw, ' '), percentDecoded(raw, '+')];
  const inUtf8 = readings.map((bytes) => Buffer.from(decodeText(bytes, charset), 'utf8'));
  return fits(secret, decoded, [raw, ...readings, ...inUtf8]) ? 'decoded' : 'forged';
}

/** Sent twice, a header is a list here, and no digest. */
function fits(secret: string, given: string | string[], readings: readonly Buffer[]): boolean {
  if (typeof given !== 'string' || !digest.test(given)) return false;
  const theirs = Buffer.from(given, 'base64');
  // All of them, whatever the first ones said: the time tells nothing.
  return readings.map((bytes) => timingSafeEqual(theirs, createHmac('sha256', secret).update(bytes).digest())).some(Boolean);
}
