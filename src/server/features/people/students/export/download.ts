import type { Request, Response } from 'express';
import { studentFilterInput } from '#shared/students.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { sendTable } from '../../../registry/download.ts';
import { wallClockOf } from '../../../registry/rules.ts';
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
  const wallClock = wallClockOf(app.config.schoolTimeZone);
  await sendTable(
    app,
    res,
    { plain: 'students', title: 'Ученики' },
    {
      title: 'Ученики',
      columns: exportColumns,
      pages: exportStudents(app, actor, filter.data),
      cells: (row: ExportRow, number) => exportCells(row, number, wallClock),
    },
  );
}
