import type { Request, Response } from 'express';
import { examIdInput } from '#shared/exams.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { sendTable } from '../../../registry/download.ts';
import { wallClockOf } from '../../../registry/rules.ts';
import { accessExam } from '../access.ts';
import { listExamTasks } from '../tasks/queries.ts';
import { noteResultsExport } from './actions.ts';
import { exportResults } from './queries.ts';
import { type ExportRow, exportCells, exportColumns } from './rules.ts';

/** GET /api/exams/:id/results.xlsx, for somebody who was found to be a moderator. */
export async function downloadExamResults(app: App, actor: PersonActor, req: Request, res: Response): Promise<void> {
  const input = examIdInput.safeParse({ id: req.params.id });
  if (!input.success) {
    res.status(404).type('text/plain').send('404');
    return;
  }
  const exam = await accessExam(app, actor, input.data.id);
  const tasks = await listExamTasks(app, exam.id);
  await noteResultsExport(app, actor, exam);
  const wallClock = wallClockOf(app.config.schoolTimeZone);
  await sendTable(
    app,
    res,
    { plain: 'exam', title: fileTitle(exam.title) },
    {
      title: 'Результаты',
      columns: exportColumns(tasks),
      pages: exportResults(app, actor, exam.id),
      cells: (row: ExportRow, number) => exportCells(row, number, tasks, wallClock),
    },
  );
}

/** Without the signs that file systems do not take. */
function fileTitle(title: string): string {
  return title
    .toWellFormed()
    .replace(/[\\/:*?"<>|\p{Cc}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
