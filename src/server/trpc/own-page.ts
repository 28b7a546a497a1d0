import type { IncomingMessage } from 'node:http';

/**
 * Whether a request names one of our own pages as where it comes from: browsers name the origin with every WebSocket and every request that changes
 * something, and send the cookie whosever page it is. Where the site is read over TLS a page of the same host without it is somebody else's: anybody
 * on the way can have written it.
 */
export function namesOwnPage({ headers: { origin, host } }: Pick<IncomingMessage, 'headers'>, secure: boolean): boolean {
  if (origin === undefined || !URL.canParse(origin)) return false;
  const page = new URL(origin);
  return page.host === host && (page.protocol === 'https:' || (page.protocol === 'http:' && !secure));
}
