import { once } from 'node:events';
import { PassThrough, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { RequestHandler, Response } from 'express';
import type { App, PersonActor } from '../../platform/app.ts';
import { dayIn } from '../../platform/clock.ts';
import { noteRegistryDownload } from './actions.ts';
import { readRegistry } from './file.ts';
import { type Table, writeTable } from './workbook.ts';

/** GET /api/registry.xlsx, for somebody who was found to be a moderator. */
export function registryDownload(app: App, actor: PersonActor): RequestHandler {
  return async (req, res) => {
    if (req.method !== 'HEAD') await noteRegistryDownload(app, actor);
    const table = await readRegistry(app);
    res.set(tableHeaders(app, { plain: 'registrations', title: 'Регистрации' }));
    res.send(table);
  };
}

interface FileName {
  /** For programs that know only Latin letters. */
  plain: string;
  title: string;
}

/** Each file carries the day on which it was made. */
function tableHeaders(app: App, { plain, title }: FileName): Record<string, string> {
  const today = dayIn(app.config.schoolTimeZone, app.clock.now());
  return {
    'Content-Type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'Content-Disposition': `attachment; filename="${plain}-${today}.xlsx"; filename*=UTF-8''${encodeURIComponent(`${title} ${today}.xlsx`)}`,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  };
}

/** Sends a table while it is being read. */
export async function sendTable<Row>(
  app: App,
  res: Response,
  name: FileName,
  table: Omit<Table<Row>, 'now' | 'sharedTexts'>,
): Promise<void> {
  res.set(tableHeaders(app, name));
  const body = new PassThrough();
  // Both ends report their failure by themselves; nobody listening would end the process.
  body.on('error', () => {});
  const pages = atPaceOf(body, table.pages);
  try {
    await Promise.all([pipeline(body, res), writeTable(body, { ...table, pages, now: app.clock.now(), sharedTexts: false })]);
  } catch (error) {
    body.destroy();
    // Whoever went away in the middle of it is no fault of ours.
    if (res.destroyed && !res.writableFinished && error instanceof Error && isGone(error)) return;
    throw error;
  }
}

class ReaderGone extends Error {}

const isGone = (error: Error) => error instanceof ReaderGone || ('code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE');

/** Reads the next page when the last one has gone out: a slow line must not fill the memory. */
async function* atPaceOf<T>(body: Writable, pages: AsyncIterable<T>): AsyncGenerator<T> {
  for await (const page of pages) {
    if (body.destroyed) throw new ReaderGone();
    yield page;
    if (body.writableNeedDrain) await Promise.race([once(body, 'drain'), once(body, 'close')]);
  }
}
