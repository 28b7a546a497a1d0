import type { IncomingMessage } from 'node:http';

/** Whatever else a request wants to become (HTTP/2 in clear text, which curl offers) is answered as the request that it is. */
export function asksForSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}
