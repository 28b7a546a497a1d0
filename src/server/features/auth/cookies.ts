import { codeRules } from '#shared/auth.ts';
import type { Config } from '../../platform/config.ts';

const maxAge = 6 * codeRules.minutes * 60;

function cookieName(config: Config): string {
  return isSecure(config) ? '__Host-otlichno-code' : 'otlichno-code';
}

export function isSecure(config: Config): boolean {
  return config.publicUrl.startsWith('https:');
}

/** Binds a code request to the browser that made it. */
export function flowCookie(config: Config, token: string): string {
  return `${cookieName(config)}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${token === '' ? 0 : maxAge}${isSecure(config) ? '; Secure' : ''}`;
}

export function readFlowToken(config: Config, cookieHeader: string | undefined): string | null {
  const prefix = `${cookieName(config)}=`;
  const pair = cookieHeader?.split('; ').find((candidate) => candidate.startsWith(prefix));
  const token = pair?.slice(prefix.length);
  return token && /^[\w-]{20,40}$/.test(token) ? token : null;
}
