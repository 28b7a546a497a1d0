import type * as z from 'zod';
import { AppError } from '#shared/errors.ts';
import { currencies } from '#shared/payments.ts';
import type { PromoRowDto, promoListDto, promoListInput } from '#shared/payments-office.ts';
import type { App } from '../../../../platform/app.ts';
import type { Db, Tx } from '../../../../platform/db.ts';
import { holdsUse } from '../queries.ts';
import { stateOf } from '../rules.ts';

interface Row {
  id: string;
  code: string;
  percent: number | null;
  amountMinor: number | null;
  currency: string | null;
  courseId: string | null;
  courseTitle: string | null;
  validFrom: Date | null;
  validUntil: Date | null;
  limitTotal: number | null;
  perPerson: number;
  note: string;
  createdAt: Date;
  disabledAt: Date | null;
  used: number;
}

const pageSize = 50;

/** @param where with `p` (a code) and `c` (its course); `$1` is now */
const rowsOf = (where: string) => `SELECT p.id, p.code, p.percent, p.amount_minor AS "amountMinor", p.currency, p.course_id AS "courseId",
    c.title AS "courseTitle", p.valid_from AS "validFrom", p.valid_until AS "validUntil", p.limit_total AS "limitTotal", p.per_person AS "perPerson",
    p.note, p.created_at AS "createdAt", p.disabled_at AS "disabledAt",
    (SELECT count(*)::int FROM payment_order o WHERE o.promo_code_id = p.id AND ${holdsUse('$1::timestamptz')}) AS used
  FROM promo_code p LEFT JOIN course c ON c.id = p.course_id ${where}`;

/** Newest first. */
export async function listPromo(app: App, { search, cursor }: z.output<typeof promoListInput>): Promise<z.output<typeof promoListDto>> {
  const [, at, id] = /^(\d{1,15}) ([0-9a-f-]{36})$/.exec(cursor ?? '') ?? [];
  const pattern = search === '' ? null : `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await app.pool.query<Row>(
    rowsOf(`WHERE ($2::text IS NULL OR p.code ILIKE $2 OR p.note ILIKE $2 OR c.title ILIKE $2)
      AND ($3::timestamptz IS NULL OR (p.created_at, p.id) < ($3, $4::uuid)) ORDER BY p.created_at DESC, p.id DESC LIMIT ${pageSize + 1}`),
    [app.clock.now(), pattern, at === undefined ? null : new Date(Number(at)), id ?? null],
  );
  const page = rows.slice(0, pageSize);
  const last = page.at(-1);
  return {
    items: page.map((row) => toPromoRowDto(row, app.clock.now())),
    nextCursor: rows.length > pageSize && last ? `${last.createdAt.getTime()} ${last.id}` : null,
  };
}

/** @throws AppError PROMO_NOT_FOUND */
export async function getPromoRow(app: App, db: Db | Tx, id: string): Promise<PromoRowDto> {
  const [row] = await db.$queryRawUnsafe<Row[]>(rowsOf('WHERE p.id = $2::uuid'), app.clock.now(), id);
  if (!row) throw new AppError('PROMO_NOT_FOUND');
  return toPromoRowDto(row, app.clock.now());
}

function toPromoRowDto(row: Row, now: Date): PromoRowDto {
  return {
    id: row.id,
    code: row.code,
    discount:
      row.percent === null
        ? { kind: 'amount', amountMinor: row.amountMinor ?? 0, currency: currencies.find((known) => known === row.currency) ?? 'RUB' }
        : { kind: 'percent', percent: row.percent },
    course: row.courseId === null ? null : { id: row.courseId, title: row.courseTitle ?? '' },
    validFrom: row.validFrom?.toISOString() ?? null,
    validUntil: row.validUntil?.toISOString() ?? null,
    limitTotal: row.limitTotal,
    perPerson: row.perPerson,
    note: row.note,
    used: row.used,
    state: stateOf(row, row.used, now),
  };
}
