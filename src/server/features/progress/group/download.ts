import type { Request, Response } from 'express';
import { groupFilterInput } from '#shared/statistics.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { sendTable } from '../../registry/download.ts';
import { wallClockOf } from '../../registry/rules.ts';
import { takeGroup } from './actions.ts';
import { exportGroup } from './queries.ts';
import { type GroupRow, groupCells, groupColumns, tasksOf } from './rules.ts';

/** GET /api/courses/<slug>/statistics.xlsx with the filter of the table, for somebody who was found to be a moderator. Sent while it is being read. */
export async function downloadGroup(app: App, actor: PersonActor, req: Request, res: Response): Promise<void> {
  const filter = groupFilterInput.safeParse({ ...req.query, course: req.params.slug });
  if (!filter.success) {
    res.status(400).type('text/plain').send('400');
    return;
  }
  const group = await takeGroup(app, actor, filter.data);
  const tasks = tasksOf(group.topics);
  const wallClock = wallClockOf(app.config.schoolTimeZone);
  await sendTable(
    app,
    res,
    { plain: `group-${group.slug}`, title: `Статистика ${group.title}` },
    {
      title: 'Статистика',
      columns: groupColumns(group.topics),
      pages: exportGroup(app, group, filter.data),
      cells: (row: GroupRow, number) => groupCells(row, number, tasks, wallClock),
    },
  );
}
