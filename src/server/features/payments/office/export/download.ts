import type { Request, Response } from 'express';
import type { PaymentRowDto } from '#shared/payments-office.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { sendTable } from '../../../registry/download.ts';
import { wallClockOf } from '../../../registry/rules.ts';
import { noteExport } from './actions.ts';
import { exportOrders } from './queries.ts';
import { exportCells, exportColumns, exportFilter, filterInWords } from './rules.ts';

/** GET /api/orders.xlsx with the filter of the list, for somebody who was found to be a moderator. Sent while it is being read. */
export async function downloadOrders(app: App, actor: PersonActor, req: Request, res: Response): Promise<void> {
  const filter = exportFilter.safeParse(req.query);
  if (!filter.success) {
    res.status(400).type('text/plain').send('400');
    return;
  }
  await noteExport(app, actor, filterInWords(filter.data));
  const wallClock = wallClockOf(app.config.schoolTimeZone);
  await sendTable(
    app,
    res,
    { plain: 'payments', title: 'Платежи' },
    {
      title: 'Платежи',
      columns: exportColumns,
      pages: exportOrders(app, filter.data),
      cells: (row: PaymentRowDto) => exportCells(row, wallClock),
    },
  );
}
