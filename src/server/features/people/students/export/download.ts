import { once } from 'node:events';
import { PassThrough, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { studentFilterInput } from '#shared/students.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { dayIn } from '../../../../platform/clock.ts';
import { wallClockOf } from '../../../registry/rules.ts';
import { writeTable } from '../../../registry/workbook.ts';
import { noteExport } from './actions.ts';
import { exportStudents } from './queries.ts';
import { type ExportRow, exportCells, exportColumns } from './rules.ts';

/** GET /api/students.xlsx with the filter of the list, for somebody who was found to be a moderator. Sent while it is being read. */
export async function downloadStudents(app: App, actor: PersonActor, req: Request, res: Response): Promise<void> {
  const filter = studentFilterInput.safeParse(req.query);
  if (!filter.success) {
    res.status(400).type('text/plain').send('400');
    return;
  }
  await noteExport(app, actor, filter.data);
  const now = app.clock.now();
  const zone = app.config.schoolTimeZone;
  const today = dayIn(zone, now);
  res.set({
    'Content-Type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'Content-Disposition': `attachment; filename="students-${today}.xlsx"; filename*=UTF-8''${encodeURIComponent(`Ученики ${today}.xlsx`)}`,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  const body = new PassThrough();
  // Both ends report their failure by themselves; nobody listening would end the process.
  body.on('error', () => {});
  const wallClock = wallClockOf(zone);
  const pages = atPaceOf(body, exportStudents(app, actor, filter.data));
  const cells = (row: ExportRow, number: number) => exportCells(row, number, wallClock);
  try {
    await Promise.all([
      pipeline(body, res),
      writeTable(body, { title: 'Ученики', columns: exportColumns, pages, cells, now, sharedTexts: false }),
    ]);
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
