import { type RequestHandler, Router } from 'express';
import type { App } from '../../platform/app.ts';
import { inTime } from '../../platform/waiting.ts';
import { farewellWorker, robotsText, sitemapText } from './head.ts';
import { findPageHead, listPublicPages } from './queries.ts';

/** What machines ask a site for, and the worker of the browser where it is switched off. */
export function siteFiles(app: App): Router {
  const router = Router();
  router.get('/robots.txt', (_req, res) => {
    res.type('text/plain').set('cache-control', 'public, max-age=3600').send(robotsText(app.config.publicUrl));
  });
  router.get('/sitemap.xml', async (_req, res) => {
    res
      .type('application/xml')
      .set('cache-control', 'public, max-age=3600')
      .send(sitemapText(await listPublicPages(app)));
  });
  router.get('/sw.js', (_req, res, next) => {
    // A browser asks for it anew at every visit: what is switched off has to be so at once.
    res.set('cache-control', 'no-cache');
    if (app.config.offline) return next();
    res.type('text/javascript').send(farewellWorker);
  });
  return router;
}

/** Finds what a public page says of itself; whoever serves the page puts it in (`res.locals.head`). */
export function pageHeads(app: App): RequestHandler {
  return async (req, res, next) => {
    // Without its words a page is still a page: who reads it needs no database that machines are told of it.
    if (req.method === 'GET') res.locals.head = await inTime(findPageHead(app, req.path));
    next();
  };
}
