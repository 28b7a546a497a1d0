/** The pages of the site: one HTML for every address, with what the page at that address begins with. */
import { join } from 'node:path';
import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import { type PageHead, withHead } from '../features/site/head.ts';
import type { App } from '../platform/app.ts';
import { randomToken } from '../platform/secrets.ts';
import { inTime } from '../platform/waiting.ts';
import { contentPolicy } from '../security-headers.ts';
import { createContext } from '../trpc/context.ts';
import { afterPaintHash, begunAfterPaint } from './after-paint.ts';
import { type Build, buildReader } from './build.ts';
import { serveBuiltFiles } from './built-files.ts';
import { type EarlyAnswers, type EarlyPage, earlyFrame, earlyStyles } from './early.ts';
import { type Answers, framedBy, frameOf, type Piece, routeAt, type Visitor } from './routes.ts';
import { answer, type SentAnswers, toScript } from './sent-answers.ts';

export interface ClientFiles {
  /** Adds what serves the pages: the built files, or Vite in development. */
  mount(http: Express, app: App): void;
}

/** The built client: hashed files for a year, `index.html` for every page. */
export function builtClient(directory: string): ClientFiles {
  return {
    mount(http, app) {
      http.use('/assets', serveBuiltFiles(join(directory, 'assets')));
      http.use(express.static(directory, { index: false, maxAge: '1h' }));
      http.get('/{*path}', servePage(app, buildReader(directory)));
    },
  };
}

/** A parser rests after a part of what is drawn early: it is not shown in two pieces. */
const shownWhole = '<link rel="expect" href="#early" blocking="render">';

function servePage(app: App, readBuild: () => Promise<Build>): RequestHandler {
  return async (req, res) => {
    const build = await readBuild().catch((error: unknown) => {
      throw new Error('the client is not built', { cause: error });
    });
    const { pieces, locale, early, sent } = isVisit(req) ? await begin(app, req, res) : nothingOfAnybody(req);
    const head: PageHead | null | undefined = res.locals.head;
    const nonce = randomToken();
    const links = build.links(pieces, locale);
    const frame = early ? earlyFrame(build.logo, early.page, early.answers) : '';
    const looks = frame && `<style nonce="${nonce}">${earlyStyles}</style>${shownWhole}`;
    const data = sent ? `<script type="application/json" id="sent">${toScript(sent)}</script>` : '';
    const html = frame ? build.begunLater.html : build.html;
    const scripts = frame ? begunAfterPaint(build.begunLater.scripts + links.scripts) : links.scripts;
    const page = (head ? withHead(html, head) : html)
      .replace('__NONCE__', nonce)
      .replace('</head>', () => `${looks}${scripts}</head>`)
      .replace('<div id="root"></div>', () => `<div id="root">${frame}</div>${links.styles}`)
      .replace('</body>', () => `${data}</body>`);
    // Each answer has a nonce of its own, in its policy and in the page, and therefore no tag by which a browser could take the page it has under the
    // policy of another answer. And what is somebody's own is nobody else's, nor theirs a week later.
    res.set({ 'Cache-Control': sent ? 'no-store' : 'no-cache', 'Content-Security-Policy': contentPolicy(nonce, afterPaintHash) });
    res.vary('Cookie').type('html').end(page);
  };
}

interface Beginning {
  pieces: Piece[];
  locale: Visitor['locale'];
  /** What is drawn before the scripts are there; null: nothing, because another frame follows, or none. */
  early: { page: EarlyPage | null; answers: EarlyAnswers } | null;
  sent: SentAnswers | null;
}

/**
 * Somebody opens the page, and no program looks at it or keeps it for later: opening a topic leaves a trace, and the page that browsers keep to be read
 * without a network is nobody's.
 */
function isVisit(req: Request): boolean {
  const { 'sec-purpose': purpose = '', 'sec-fetch-dest': destination = 'document' } = req.headers;
  return req.method === 'GET' && destination === 'document' && !String(purpose).includes('prefetch') && req.path !== '/offline';
}

function nothingOfAnybody(req: Request): Beginning {
  return { pieces: [routeAt(req.path, null).route], locale: 'ru', early: null, sent: null };
}

async function begin(app: App, req: Request, res: Response): Promise<Beginning> {
  const ctx = createContext(app, req, res, res.locals.requestId);
  const sent: SentAnswers = { at: app.clock.now().getTime(), answers: [] };
  const known = await inTime(ctx.session().then((session) => ({ person: session?.person ?? null })));
  // The database is away: the page says so.
  if (known === null) return nothingOfAnybody(req);
  const { person } = known;
  const visitor: Visitor | null = person && {
    role: person.role,
    locale: person.locale === 'en' ? 'en' : 'ru',
    payments: app.payments !== null,
  };
  const { route, params } = routeAt(req.path, visitor);
  // Behind «?» stands a filter: what is asked then is another list.
  const filtered = req.originalUrl.includes('?');
  const asked = (route.asks?.(params, visitor) ?? []).filter(([, , as]) => as === undefined || !filtered);
  sent.answers = await answer(ctx, [...framedBy(visitor), ...asked]);
  sent.answers.push(...(await answer(ctx, route.asksThen?.(byName(sent.answers)) ?? [])));
  const answers = byName(sent.answers);
  const frame = frameOf(req.path, visitor);
  const pieces = [route, ...(route.pieces?.(answers) ?? []).filter((piece) => piece !== false), ...frame.pieces];
  const early = frame.own && route.early === undefined ? null : { page: route.early ?? null, answers };
  return { pieces, locale: visitor?.locale ?? 'ru', early, sent };
}

/** What a procedure answers is what its output says. */
const byName = (answers: SentAnswers['answers']) => Object.fromEntries(answers.map(([path, , answered]) => [path, answered])) as Answers;
