import type { Operator } from '#shared/personal-data.ts';
import type { App } from '../../../platform/app.ts';

const unknown: Operator = { name: '', inn: '', address: '', contact: '' };

/** Who answers for the data; empty where nobody has said it yet. Everybody may know it: the privacy policy says it. */
export async function getOperator(app: App): Promise<Operator> {
  const select = { name: true, inn: true, address: true, contact: true } as const;
  return (await app.db.schoolOperator.findUnique({ where: { id: 1 }, select })) ?? unknown;
}
