import express from 'express';
import type { App } from '../app.ts';
import { type KeptLetter, listLetters, readLetter } from './folder.ts';
import { framedLetter, letterHtml, lettersHtml, pageStyle } from './page-html.ts';

interface Asker {
  socket: { remoteAddress?: string | undefined };
  headers: Record<string, string | string[] | undefined>;
}

const localHosts = new Set(['localhost', '127.0.0.1', '[::1]']);
const proxyHeaders = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'];

/**
 * Whether the page of kept letters exists for this request. The letters hold codes of other people, so: no mail server, a school that has no
 * public address, and the request comes from this very machine, by no proxy, to a local name (a foreign name that was made to point
 * here would let a foreign page read the answer).
 */
export function mayReadMail(app: Pick<App, 'config'>, asker: Asker): boolean {
  if (app.config.mail.kind !== 'folder' || !isLocalHost(new URL(app.config.publicUrl).host)) return false;
  const peer = asker.socket.remoteAddress ?? '';
  const fromHere = peer === '::1' || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(peer);
  const { host } = asker.headers;
  return fromHere && typeof host === 'string' && isLocalHost(host) && proxyHeaders.every((name) => asker.headers[name] === undefined);
}

/** The letters that were kept instead of sent, at /mail and, for scripts, at /mail.json: to be mounted at /dev. */
export function mailPage(app: Pick<App, 'config'>): express.Router {
  const { dataDir } = app.config;
  const router = express.Router();
  router.use(['/mail', '/mail.json', '/mail.css'], (req, res, next) => {
    if (!mayReadMail(app, req)) {
      res.status(404).type('text/plain').send('Not found');
      return;
    }
    res.set({
      'Cache-Control': 'no-store',
      'Content-Security-Policy':
        "default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
    });
    next();
  });
  router.get('/mail', async (_req, res) => {
    res.type('html').send(lettersHtml(await listLetters(dataDir)));
  });
  router.get('/mail.json', async (_req, res) => {
    const letters: KeptLetter[] = await listLetters(dataDir);
    res.json(letters);
  });
  router.get('/mail.css', (_req, res) => {
    res.type('css').send(pageStyle);
  });
  router.get('/mail/:id/letter', async (req, res) => {
    const letter = await readLetter(dataDir, req.params.id);
    // A letter is no page: mail programs know no files of styles, so it carries its own.
    const policy =
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";
    res.set({ 'Content-Security-Policy': policy, 'X-Frame-Options': 'SAMEORIGIN' });
    res
      .status(letter?.html === undefined ? 404 : 200)
      .type('html')
      .send(framedLetter(letter?.html ?? ''));
  });
  router.get('/mail/:id', async (req, res) => {
    const letter = await readLetter(dataDir, req.params.id);
    res
      .status(letter ? 200 : 404)
      .type('html')
      .send(letterHtml(letter));
  });
  return router;
}

function isLocalHost(host: string): boolean {
  return localHosts.has(host.toLowerCase().replace(/:\d+$/, ''));
}
