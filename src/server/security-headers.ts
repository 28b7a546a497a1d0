import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { videoFrameSources } from '#shared/videos.ts';
import { isSecure } from './features/auth/cookies.ts';
import type { App } from './platform/app.ts';

/** What browsers are told with every answer: what a page of ours may load, who may embed it, and that nothing is to be guessed. */
export function securityHeaders(app: App): RequestHandler {
  const guard = helmet({
    contentSecurityPolicy: false,
    hsts: isSecure(app.config) ? { maxAge: 31_536_000 } : false,
    // Videos come from frames of other sites, which would have to agree.
    crossOriginEmbedderPolicy: false,
    // Addresses hold tokens (unsubscribing) and numbers of orders: of them nobody is told, our own server included. The player of a video refuses to
    // start when it is not told which site embeds it.
    referrerPolicy: { policy: 'strict-origin' },
    frameguard: { action: 'deny' },
  });
  // The same for every answer, so they are asked for once.
  const always = new Map<string, string>();
  const collected = { setHeader: (name: string, value: string) => always.set(name, value), removeHeader: () => undefined };
  guard({} as IncomingMessage, collected as unknown as ServerResponse, () => undefined);
  always.set('Content-Security-Policy', contentPolicy()).set('Permissions-Policy', permissions);
  return (_req, res, next) => {
    for (const [name, value] of always) res.setHeader(name, value);
    next();
  };
}

/**
 * @param nonce of the page: its own style elements carry it; without one there are none
 * @param scriptHash of the one script that stands in a page itself
 */
export function contentPolicy(nonce?: string, scriptHash?: string): string {
  return [
    "default-src 'self'",
    `script-src 'self'${scriptHash === undefined ? '' : ` '${scriptHash}'`}`,
    // Style attributes are set by scripts only, which this does not concern: one that comes in HTML does nothing.
    `style-src 'self'${nonce === undefined ? '' : ` 'nonce-${nonce}'`}`,
    "img-src 'self' data:",
    // How long a video is is read before it is sent.
    "media-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self'",
    `frame-src ${videoFrameSources.join(' ')}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** What no page of ours asks for, and therefore nothing that got into one either. A frame gets of the rest what its `allow` names. */
const permissions = [
  ...['accelerometer', 'camera', 'display-capture', 'geolocation', 'gyroscope', 'hid', 'idle-detection', 'local-fonts'],
  ...['magnetometer', 'microphone', 'midi', 'payment', 'publickey-credentials-get', 'serial', 'usb', 'xr-spatial-tracking'],
]
  .map((name) => `${name}=()`)
  .join(', ');
