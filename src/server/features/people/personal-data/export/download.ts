import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { dayIn } from '../../../../platform/clock.ts';
import { notePersonExport } from './actions.ts';
import { personalArchive } from './archive.ts';

/** GET /api/me/data.zip: everything about who asks, sent while it is being packed. */
export async function downloadPersonalData(app: App, actor: PersonActor, req: Request, res: Response): Promise<void> {
  const today = dayIn(actor.timeZone, app.clock.now());
  res.set({
    'Content-Type': 'application/zip',
    'Content-Disposition': `attachment; filename="my-data-${today}.zip"; filename*=UTF-8''${encodeURIComponent(`Мои данные ${today}.zip`)}`,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  if (req.method === 'HEAD') {
    res.end();
    return;
  }
  await notePersonExport(app, actor, actor.id);
  try {
    await pipeline(await personalArchive(app, actor.id), res);
  } catch (error) {
    // Too late for words: the connection breaks, and the browser says that the file is not whole. Who closed it themselves needs no line.
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE')) {
      app.log.error({ id: res.locals.requestId, err: error }, 'an archive of personal data broke off');
    }
  }
}
