import { randomUUID } from 'node:crypto';
import compression from 'compression';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { telegramWebhook } from '#bot/webhook.ts';
import { AppError } from '#shared/errors.ts';
import { newsLimits } from '#shared/news.ts';
import { unsubscribePath } from '#shared/notifications.ts';
import { webhooksPath } from '#shared/payments.ts';
import { registryBytes } from '#shared/payments-office.ts';
import { personalDataPath } from '#shared/personal-data-rules.ts';
import { uploadsPath } from '#shared/upload-rules.ts';
import { isSecure } from './features/auth/cookies.ts';
import { downloadExamResults } from './features/exams/office/results/download.ts';
import { serveAttemptFiles } from './features/exams/zip/serve.ts';
import { serveFile, serveLetterPicture } from './features/files/serve.ts';
import { openUploads, refuseUpload } from './features/files/uploads/serve.ts';
import type { FileKind } from './features/files/urls.ts';
import { routeOf } from './features/health/rules.ts';
import { serveHealth } from './features/health/serve.ts';
import { unsubscribeByPost } from './features/notifications/unsubscribe/serve.ts';
import { downloadOrders } from './features/payments/office/export/download.ts';
import { paymentWebhooks } from './features/payments/webhook/serve.ts';
import { downloadPersonalData } from './features/people/personal-data/export/download.ts';
import { downloadStudents } from './features/people/students/export/download.ts';
import { downloadGroup } from './features/progress/group/download.ts';
import { registryDownload } from './features/registry/download.ts';
import { pageHeads, siteFiles } from './features/site/serve.ts';
import { downloadCourse } from './features/transfer/download.ts';
import { downloadTemplate } from './features/transfer/questions/download.ts';
import type { ClientFiles } from './page/serve.ts';
import type { App } from './platform/app.ts';
import { mailPage } from './platform/mail/page.ts';
import type { LiveSession } from './platform/sessions.ts';
import { appRouter } from './router.ts';
import { securityHeaders } from './security-headers.ts';
import { actorOf, createContext } from './trpc/context.ts';
import { foreseen } from './trpc/init.ts';
import { namesOwnPage } from './trpc/own-page.ts';
import { serveRpc } from './trpc/serve-rpc.ts';

/** The longest source of a task in Cyrillic, with its line ends escaped. */
const maxBodyBytes = 1024 * 1024;
/** The longest list of recipients, in Cyrillic as well. */
const maxListBytes = 2 * newsLimits.list + 64 * 1024;

/** T-Bank’s file of operations, in base64. */
const maxRegistryBytes = 2 * registryBytes;

/** When to come back while the database is away: it is asked as often. */
const retryAfterSeconds = 5;

const maxBodySize = (path: string): number => {
  if (path.includes('news.office.setList')) return maxListBytes;
  return path.includes('payments.office.importRegistry') ? maxRegistryBytes : maxBodyBytes;
};

/**
 * The site as an Express application. Everything it needs stands in `app`.
 * @param stopping the server takes no more requests and waits for those that run
 */
export function createHttp(app: App, client: ClientFiles, stopping?: AbortSignal): Express {
  const http = express();
  http.disable('x-powered-by');
  http.set('trust proxy', app.config.trustProxy);
  http.use(securityHeaders(app));
  http.use(logRequests(app));
  http.use(serveHealth(app, stopping));
  http.use('/trpc', sameOrigin(app), trpc(app));
  http.use(telegramWebhook(app));
  http.use(webhooksPath, paymentWebhooks(app));
  http.use(uploadsPath, uploads(app, stopping));
  http.use(compression());
  // Whoever knows better says so. A cache on the way must not keep even that there is nothing for one who asked.
  http.use(['/api', '/files', '/exams', unsubscribePath], (_req, res, next) => {
    res.set('Cache-Control', 'no-store');
    next();
  });
  http.get('/api/registry.xlsx', async (req, res, next) => {
    const session = await readSession(app, req, res);
    if (session?.person.role !== 'moderator') {
      res.redirect(303, `/admin/login?next=${encodeURIComponent('/admin')}`);
      return;
    }
    await app.limits.take('download.person', session.person.id);
    await registryDownload(app, actorOf(session))(req, res, next);
  });
  http.get(personalDataPath, async (req, res) => {
    const session = await readSession(app, req, res);
    if (!session) {
      res.redirect(303, `/login?next=${encodeURIComponent('/profile/data')}`);
      return;
    }
    await app.limits.take('download.person', session.person.id);
    await downloadPersonalData(app, actorOf(session), req, res);
  });
  http.get('/api/students.xlsx', async (req, res) => {
    const session = await readSession(app, req, res);
    if (session?.person.role !== 'moderator') {
      res.redirect(303, `/admin/login?next=${encodeURIComponent('/admin/students')}`);
      return;
    }
    await app.limits.take('download.person', session.person.id);
    await downloadStudents(app, actorOf(session), req, res);
  });
  http.get('/api/orders.xlsx', async (req, res, next) => {
    if (!app.payments) return next();
    const session = await readSession(app, req, res);
    if (session?.person.role !== 'moderator') {
      res.redirect(303, `/admin/login?next=${encodeURIComponent('/admin/payments')}`);
      return;
    }
    await app.limits.take('download.person', session.person.id);
    await downloadOrders(app, actorOf(session), req, res);
  });
  http.get('/api/exams/:id/results.xlsx', async (req, res) => {
    const session = await readSession(app, req, res);
    if (session?.person.role !== 'moderator') {
      res.redirect(303, `/admin/login?next=${encodeURIComponent(`/admin/exams/${req.params.id}/results`)}`);
      return;
    }
    await app.limits.take('download.person', session.person.id);
    await downloadExamResults(app, actorOf(session), req, res);
  });
  http.get('/api/courses/:slug.zip', async (req, res) => {
    const session = await readSession(app, req, res);
    if (session?.person.role !== 'moderator') {
      res.redirect(303, `/admin/login?next=${encodeURIComponent(`/admin/courses/${req.params.slug}/transfer`)}`);
      return;
    }
    await app.limits.take('download.person', session.person.id);
    await downloadCourse(app, actorOf(session), req, res);
  });
  http.get('/api/courses/:slug/statistics.xlsx', async (req, res) => {
    const session = await readSession(app, req, res);
    if (session?.person.role !== 'moderator') {
      res.redirect(303, `/admin/login?next=${encodeURIComponent(`/admin/courses/${req.params.slug}/statistics`)}`);
      return;
    }
    await app.limits.take('download.person', session.person.id);
    await downloadGroup(app, actorOf(session), req, res);
  });
  http.get('/api/tasks-template.xlsx', async (req, res) => {
    const session = await readSession(app, req, res);
    if (session?.person.role !== 'moderator') {
      res.redirect(303, `/admin/login?next=${encodeURIComponent('/admin/courses')}`);
      return;
    }
    await downloadTemplate(res);
  });
  const file = (kind: FileKind) => async (req: Request, res: Response) => {
    const session = await readSession(app, req, res);
    if (!session) throw new AppError('FILES_NOT_FOUND');
    await serveFile(app, actorOf(session), kind, req, res);
  };
  http.get('/files/work/:id/:name', file('work'));
  http.get('/files/exam/:id/:name', file('exam'));
  http.get('/files/chat/:id/:name', file('chat'));
  http.get('/files/news/:id/:name', file('news'));
  http.get('/files/news/:id/:signature/:name', (req, res) => serveLetterPicture(app, req, res));
  http.get('/files/:id/:name', file('topic'));
  http.get('/exams/:id/files.zip', async (req, res) => {
    const session = await readSession(app, req, res);
    if (!session) throw new AppError('FILES_NOT_FOUND');
    await app.limits.take('download.person', session.person.id);
    await serveAttemptFiles(app, actorOf(session), req, res);
  });
  http.use('/dev', mailPage(app));
  http.use(['/api', '/files', '/dev'], (_req, res) => {
    res.status(404).type('text/plain').send('404');
  });
  http.post(`${unsubscribePath}/:token`, (req, res) => unsubscribeByPost(app, req, res));
  http.use(siteFiles(app));
  http.use(pageHeads(app));
  client.mount(http, app);
  http.use(lastResort(app));
  return http;
}

/** The session of a request that is no procedure. Where its life was prolonged, so is the cookie's. */
async function readSession(app: App, req: Request, res: Response): Promise<LiveSession | null> {
  const session = await app.sessions.read(req.headers.cookie);
  if (session?.renewedCookie) res.append('Set-Cookie', session.renewedCookie);
  return session;
}

function logRequests(app: App) {
  return (req: Request, res: Response, next: NextFunction) => {
    const startedAt = performance.now();
    const id = randomUUID().slice(-10);
    res.locals.requestId = id;
    res.setHeader('X-Request-Id', id);
    res.on('finish', () => {
      const ms = performance.now() - startedAt;
      app.metrics.request(routeOf(req.originalUrl), req.method, res.statusCode, ms);
      app.log.info({ id, method: req.method, path: loggedPath(req.originalUrl), status: res.statusCode, ms: Math.round(ms) }, 'request');
    });
    next();
  };
}

/** Without what a person called a file («Паспорт Иванова.jpg»), without the query, which opens it, and without whose letters are switched off. */
function loggedPath(address: string): string {
  return (address.split('?')[0] ?? '').replace(/^(\/files(?:\/(?:work|exam|chat|news))?\/[^/]+\/|\/unsubscribe\/).*/, '$1…');
}

/** A request that changes something must come from our own page. One that names none and has no cookie is a program's, and nobody's. */
function isFromOwnPage(app: App, req: Request): boolean {
  if (req.method === 'GET' || req.method === 'HEAD') return true;
  const { origin, cookie } = req.headers;
  return origin === undefined ? cookie === undefined : namesOwnPage(req, isSecure(app.config));
}

function uploads(app: App, stopping: AbortSignal | undefined) {
  const take = openUploads(app, stopping);
  return async (req: Request, res: Response) => {
    const session = await readSession(app, req, res);
    if (!session) refuseUpload(res, new AppError('AUTH_SESSION_REQUIRED'));
    else if (!isFromOwnPage(app, req)) refuseUpload(res, new AppError('AUTH_BAD_ORIGIN'));
    else await take(actorOf(session), req, res);
  };
}

function sameOrigin(app: App) {
  const error = {
    message: 'AUTH_BAD_ORIGIN',
    code: -32_003,
    data: { code: 'FORBIDDEN', httpStatus: 403, app: { code: 'AUTH_BAD_ORIGIN', data: {} } },
  };
  return (req: Request, res: Response, next: NextFunction) => {
    if (isFromOwnPage(app, req)) return next();
    res.status(403).json({ error });
  };
}

function trpc(app: App) {
  return serveRpc({
    router: appRouter,
    maxBodySize,
    maxBatchSize: 20,
    createContext: (req, res) => createContext(app, req, res, res.locals.requestId),
    onError({ error, path, ctx }) {
      if (error.code !== 'INTERNAL_SERVER_ERROR') return;
      app.log.error({ id: ctx?.requestId, path, err: error.cause ?? error }, 'procedure failed');
    },
    headers: (errors) => ({
      'cache-control': 'no-store',
      ...(errors.some(({ code }) => code === 'SERVICE_UNAVAILABLE') && { 'retry-after': String(retryAfterSeconds) }),
    }),
  });
}

function lastResort(app: App) {
  return (error: unknown, _req: Request, res: Response, next: NextFunction) => {
    if (res.headersSent) return next(error);
    const known = foreseen(error);
    const status = known ? statusOf(known) : clientFault(error);
    if (status === 503) res.set('Retry-After', String(retryAfterSeconds));
    if (status === 500) app.log.error({ id: res.locals.requestId, err: error }, 'request failed');
    res
      .status(status)
      .type('text/plain')
      .send(status === 500 ? `500 ${res.locals.requestId}` : String(status));
  };
}

/** What one may not see is not there. */
function statusOf({ code }: AppError): number {
  if (code === 'SERVICE_UNAVAILABLE') return 503;
  return code === 'AUTH_RATE_LIMITED' ? 429 : 404;
}

// Express itself refuses malformed addresses and headers with a status of its own.
function clientFault(error: unknown): number {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  return status >= 400 && status < 500 ? status : 500;
}
