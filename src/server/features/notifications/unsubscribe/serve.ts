import type { Request, Response } from 'express';
import type { App } from '../../../platform/app.ts';
import { setUnsubscribed } from './actions.ts';

/** What a mailbox sends is some thirty bytes. More is not read. */
const mostBytes = 10_000;

/**
 * `POST /unsubscribe/<token>`: the button of the mailbox itself (RFC 8058), without a session. The address says all, so the body is not looked at. A link
 * that is none of ours hears the same as one that is: nobody learns from the answer whose letters there are.
 */
export async function unsubscribeByPost(app: App, req: Request<{ token: string }>, res: Response): Promise<void> {
  const long = Number(req.headers['content-length'] ?? Number.POSITIVE_INFINITY) > mostBytes;
  if (long) res.set('Connection', 'close').once('finish', () => req.destroy());
  await setUnsubscribed(app, { token: req.params.token, off: true });
  res.type('text/plain').send('ok');
}
