import { type Request, type Response, Router } from 'express';
import type { App } from '../../platform/app.ts';
import { createReadiness } from '../../platform/readiness.ts';
import { sameSecret } from '../../platform/secrets.ts';
import { readNumbers } from './numbers.ts';

/** Whoever asks for the numbers how often: the database is asked no oftener. */
const numbersMs = 15_000;

/**
 * What machines ask, without a session. `/healthz`: this process answers, so its event loop goes on. `/readyz`: it may be given requests. `/metrics`:
 * what it has counted.
 */
export function serveHealth(app: App, stopping?: AbortSignal): Router {
  const router = Router();
  const isReady = createReadiness(app.pool, stopping);
  const answer = (res: Response) => res.set('Cache-Control', 'no-store').type('text/plain');

  router.get('/healthz', (_req, res) => {
    answer(res).send('ok');
  });
  router.get('/readyz', async (_req, res) => {
    if (await isReady()) answer(res).send('ready');
    else answer(res).status(503).set('Retry-After', '2').send('not ready');
  });

  let numbers: { until: number; text: Promise<string> } | null = null;
  function numbersOfNow(): Promise<string> {
    const now = performance.now();
    if (!numbers || numbers.until < now) {
      const text = readNumbers(app).catch((error: unknown) => {
        // What this process counts is told all the same.
        app.log.warn({ err: error }, 'the numbers of the database could not be read');
        numbers = null;
        return '';
      });
      numbers = { until: now + numbersMs, text };
    }
    return numbers.text;
  }
  function untold(error: unknown): null {
    app.log.warn({ err: error }, 'the numbers of all processes could not be gathered');
    return null;
  }
  router.get('/metrics', async (req, res) => {
    if (!mayRead(app, req)) {
      answer(res).status(404).send('404');
      return;
    }
    const [own, shared] = await Promise.all([app.metrics.text().catch(untold), numbersOfNow()]);
    // Those of one process in the place of all would look as if counters had begun anew.
    if (own === null) {
      answer(res).status(503).set('Retry-After', '15').send('the numbers of all processes could not be gathered');
      return;
    }
    answer(res).type('text/plain; version=0.0.4; charset=utf-8').send(`${own}\n${shared}`);
  });
  return router;
}

/** With METRICS_TOKEN whoever shows it. Without it this machine, and not what a proxy on this machine has passed on. */
function mayRead({ config: { metricsToken } }: App, req: Request): boolean {
  if (metricsToken !== null) {
    const [, shown = ''] = /^Bearer (.+)$/.exec(req.headers.authorization ?? '') ?? [];
    return sameSecret(shown, metricsToken);
  }
  const { remoteAddress = '' } = req.socket;
  const local = remoteAddress === '::1' || /^(::ffff:)?127\./.test(remoteAddress);
  const passedOn = ['x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'forwarded', 'via'].some((name) => name in req.headers);
  // A proxy that says nothing of itself passes the name of the site on; so does a browser that was told that this machine is it.
  return local && !passedOn && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(req.headers.host ?? '');
}
