import type { RequestHandler } from 'express';
import type { App } from '../../platform/app.ts';
import { dayIn } from '../../platform/clock.ts';
import { readRegistry } from './file.ts';

/** GET /api/registry.xlsx, for somebody who was found to be a moderator. */
export function registryDownload(app: App): RequestHandler {
  return async (_req, res) => {
    const table = await readRegistry(app);
    const today = dayIn(app.config.schoolTimeZone, app.clock.now());
    const name = encodeURIComponent(`Регистрации ${today}.xlsx`);
    res.set({
      'Content-Type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'Content-Disposition': `attachment; filename="registrations-${today}.xlsx"; filename*=UTF-8''${name}`,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    });
    res.send(table);
  };
}
