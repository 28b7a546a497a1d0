import { randomUUID } from 'node:crypto';
import type * as z from 'zod';
import { AppError } from '#shared/errors.ts';
import type { CreatePromoInput, PromoRowDto, promoSwitchInput, UpdatePromoInput } from '#shared/payments-office.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { recordAudit } from '../../../../platform/audit.ts';
import type { Tx } from '../../../../platform/db.ts';
import { forModerators } from '../../../courses/office/access.ts';
import { getPromoRow } from './queries.ts';

/** Codes stay for good, also those that were switched off: what was printed somewhere must not mean something else one day. @throws AppError PROMO_TAKEN, COURSES_NOT_FOUND */
export async function createPromo(app: App, actor: PersonActor, { code, ...fields }: CreatePromoInput): Promise<PromoRowDto> {
  forModerators(actor);
  return app.db.$transaction(async (tx) => {
    await needCourse(tx, fields.courseId);
    const id = randomUUID();
    const { count } = await tx.promoCode.createMany({
      data: [{ id, code, ...columnsOf(fields), createdAt: app.clock.now() }],
      skipDuplicates: true,
    });
    if (count === 0) throw new AppError('PROMO_TAKEN');
    await recordAudit(app, tx, actor, { action: 'promo.create', subject: id, label: code, after: await told(tx, columnsOf(fields)) });
    return getPromoRow(app, tx, id);
  });
}

/** @throws AppError PROMO_NOT_FOUND, COURSES_NOT_FOUND */
export async function updatePromo(app: App, actor: PersonActor, { id, ...fields }: UpdatePromoInput): Promise<PromoRowDto> {
  forModerators(actor);
  return app.db.$transaction(async (tx) => {
    const { code, ...old } = await lockPromo(tx, id);
    // A code of a course that was deleted since may still be changed.
    if (fields.courseId !== old.courseId) await needCourse(tx, fields.courseId);
    const columns = columnsOf(fields);
    await tx.promoCode.update({ where: { id }, data: columns, select: { id: true } });
    const [was, is] = [plain(old), plain(columns)];
    const changed = Object.keys(is).filter((key) => was[key] !== is[key]);
    if (changed.length > 0) {
      const only = (row: Plain) => Object.fromEntries(changed.map(inJournal).map((key) => [key, row[key] ?? null]));
      const [before, after] = [only(await told(tx, old)), only(await told(tx, columns))];
      await recordAudit(app, tx, actor, { action: 'promo.update', subject: id, label: code, before, after });
    }
    return getPromoRow(app, tx, id);
  });
}

/** @throws AppError PROMO_NOT_FOUND */
export async function switchPromo(app: App, actor: PersonActor, { id, on }: z.output<typeof promoSwitchInput>): Promise<PromoRowDto> {
  forModerators(actor);
  return app.db.$transaction(async (tx) => {
    const { code } = await lockPromo(tx, id);
    const { count } = await tx.promoCode.updateMany({
      where: { id, disabledAt: on ? { not: null } : null },
      data: { disabledAt: on ? null : app.clock.now() },
    });
    if (count > 0 && on) await recordAudit(app, tx, actor, { action: 'promo.enable', subject: id, label: code });
    if (count > 0 && !on) await recordAudit(app, tx, actor, { action: 'promo.disable', subject: id, label: code });
    return getPromoRow(app, tx, id);
  });
}

const columns = {
  percent: true,
  amountMinor: true,
  currency: true,
  courseId: true,
  validFrom: true,
  validUntil: true,
  limitTotal: true,
  perPerson: true,
  note: true,
} as const;

/** Nobody takes a use of it meanwhile. */
async function lockPromo(tx: Tx, id: string) {
  await tx.$queryRaw`SELECT 1 FROM promo_code WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  const promo = await tx.promoCode.findUnique({ where: { id }, select: { code: true, ...columns } });
  if (!promo) throw new AppError('PROMO_NOT_FOUND');
  return promo;
}

async function needCourse(tx: Tx, id: string | null): Promise<void> {
  if (id !== null && !(await tx.course.findUnique({ where: { id, deletedAt: null }, select: { id: true } })))
    throw new AppError('COURSES_NOT_FOUND');
}

function columnsOf({ discount, validFrom, validUntil, ...rest }: Omit<UpdatePromoInput, 'id'>) {
  return {
    percent: discount.kind === 'percent' ? discount.percent : null,
    amountMinor: discount.kind === 'amount' ? discount.amountMinor : null,
    currency: discount.kind === 'amount' ? discount.currency : null,
    validFrom: validFrom === null ? null : new Date(validFrom),
    validUntil: validUntil === null ? null : new Date(validUntil),
    ...rest,
  };
}

type Columns = Record<string, string | number | Date | null>;
type Plain = Record<string, string | number | null>;

/** As the journal keeps it: a course by its title, since nobody knows it by its id. */
async function told(tx: Tx, { courseId, ...row }: { courseId: string | null } & Columns): Promise<Plain> {
  const course = courseId && (await tx.course.findUnique({ where: { id: courseId }, select: { title: true } }));
  return { ...plain(row), course: course ? course.title : null };
}

const inJournal = (column: string) => (column === 'courseId' ? 'course' : column);

const plain = (row: Columns): Plain =>
  Object.fromEntries(Object.entries(row).map(([key, value]) => [key, value instanceof Date ? value.toISOString() : value]));
