import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import type { App, PersonActor } from '../../platform/app.ts';
import { noteCourseExport } from './actions.ts';
import { exportCourse } from './export-course.ts';
import { zipOf } from './zip-writer.ts';

/** GET /api/courses/<slug>.zip, for a moderator. Packed while it is sent: neither memory nor disk holds the archive. */
export async function downloadCourse(app: App, actor: PersonActor, req: Request<{ slug: string }>, res: Response): Promise<void> {
  const { slug } = req.params;
  const entries = await exportCourse(app, actor, slug);
  if (req.method !== 'HEAD') await noteCourseExport(app, actor, slug);
  res.set({
    'Content-Type': 'application/zip',
    'Content-Disposition': `attachment; filename="${slug}.zip"`,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  if (req.method === 'HEAD') {
    res.end();
    return;
  }
  try {
    await pipeline(zipOf(entries), res);
  } catch (error) {
    // Too late for words: the connection breaks, and the browser says that the file is not whole. Who closed it themselves needs no line.
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE')) {
      app.log.error({ id: res.locals.requestId, err: error, course: slug }, 'export broke off');
    }
  }
}
