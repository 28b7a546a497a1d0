import { codeRules } from '#shared/auth.ts';
import { secondStepRules } from '#shared/second-step-rules.ts';
import type { Config } from '../../platform/config.ts';

const codeSeconds = 6 * codeRules.minutes * 60;
const ticketSeconds = secondStepRules.ticketMinutes * 60;

export function isSecure(config: Config): boolean {
  return config.publicUrl.startsWith('https:');
}

/** Binds a code request to the browser that made it. */
export function flowCookie(config: Config, token: string): string {
  return write(config, 'otlichno-code', token, codeSeconds);
}

export function readFlowToken(config: Config, cookieHeader: string | undefined): string | null {
  const token = read(config, 'otlichno-code', cookieHeader);
  return token && /^[\w-]{20,40}$/.test(token) ? token : null;
}

/** Binds a sign-in that waits for its second step to the browser that gave the password. */
export function ticketCookie(config: Config, ticket: string): string {
  return write(config, 'otlichno-step', ticket, ticketSeconds);
}

export function readTicket(config: Config, cookieHeader: string | undefined): string | null {
  const ticket = read(config, 'otlichno-step', cookieHeader);
  return ticket && /^[\w-]{40,800}$/.test(ticket) ? ticket : null;
}

/** Behind https no other host of the domain can set one of that name, and none goes out in the open. */
function fullName(config: Config, name: string): string {
  return isSecure(config) ? `__Host-${name}` : name;
}

/** An empty value takes the cookie away. */
function write(config: Config, name: string, value: string, seconds: number): string {
  const maxAge = value === '' ? 0 : seconds;
  return `${fullName(config, name)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${isSecure(config) ? '; Secure' : ''}`;
}

function read(config: Config, name: string, cookieHeader: string | undefined): string | undefined {
  const prefix = `${fullName(config, name)}=`;
  return cookieHeader
    ?.split('; ')
    .find((candidate) => candidate.startsWith(prefix))
    ?.slice(prefix.length);
}
