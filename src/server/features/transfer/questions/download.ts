import type { Response } from 'express';
import { writeTemplate } from './workbook-template.ts';

/** GET /api/tasks-template.xlsx, for a moderator. */
export async function downloadTemplate(res: Response): Promise<void> {
  const name = encodeURIComponent('Задания.xlsx');
  res.set({
    'Content-Type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'Content-Disposition': `attachment; filename="tasks.xlsx"; filename*=UTF-8''${name}`,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  res.send(await writeTemplate());
}
