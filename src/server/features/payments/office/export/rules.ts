import * as z from 'zod';
import { paymentProviders } from '#shared/payments.ts';
import { orderFilters, type PaymentRowDto } from '#shared/payments-office.ts';
import { searchInput } from '#shared/search.ts';
import { cellText } from '../../../registry/rules.ts';

/** The filter of the list as an address has it; see `searchOf` of the page. */
export const exportFilter = z
  .strictObject({
    filter: z.enum(orderFilters).default('all'),
    provider: z.enum(paymentProviders).optional(),
    course: z.uuid().optional(),
    person: z.uuid().optional(),
    q: searchInput(200).default(''),
  })
  .transform(({ course, person, q, ...rest }) => ({ ...rest, courseId: course, personId: person, search: q }));

/** What was asked for, without what was left open: for the journal. */
export function filterInWords(filter: z.output<typeof exportFilter>): Record<string, string> {
  const { filter: state, ...others } = filter;
  const named = { ...others, ...(state !== 'all' && { filter: state }) };
  return Object.fromEntries(Object.entries(named).filter((entry): entry is [string, string] => Boolean(entry[1])));
}

type ExportColumn = { header: string; width: number; kind: 'number' | 'money' | 'instant' | 'text' };

export const exportColumns: ExportColumn[] = [
  { header: 'Заказ', width: 10, kind: 'number' },
  { header: 'Дата и время', width: 18, kind: 'instant' },
  { header: 'Ученик', width: 28, kind: 'text' },
  { header: 'Почта', width: 32, kind: 'text' },
  { header: 'Курс', width: 40, kind: 'text' },
  { header: 'Что куплено', width: 16, kind: 'text' },
  { header: 'Сумма', width: 14, kind: 'money' },
  { header: 'Возвращено', width: 14, kind: 'money' },
  { header: 'Валюта', width: 10, kind: 'text' },
  { header: 'Банк', width: 16, kind: 'text' },
  { header: 'Состояние', width: 18, kind: 'text' },
  { header: 'Нужна проверка', width: 16, kind: 'text' },
];

const plans: Record<PaymentRowDto['plan'], string> = { once: 'Курс навсегда', month: 'Месяц' };
const providers: Record<NonNullable<PaymentRowDto['provider']>, string> = { tbank: 'Т-Банк', cloudpayments: 'CloudPayments' };
const views: Record<PaymentRowDto['view'], string> = {
  opening: 'Готовится',
  'to-pay': 'Ждёт оплаты',
  checking: 'Проверяется',
  paid: 'Оплачен',
  declined: 'Отклонён',
  held: 'Не совпадает',
  closed: 'Не оплачен',
  refunded: 'Возвращён',
};

/** The cells of a row, in the order of the columns: sums as numbers, in roubles and not kopecks. `wallClock` comes from `wallClockOf`. */
export function exportCells(row: PaymentRowDto, wallClock: (at: Date) => Date): (number | Date | string | null)[] {
  return [
    row.number,
    wallClock(new Date(row.at)),
    row.person ? cellText(row.person.name) : 'Аккаунт удалён',
    row.person && cellText(row.person.email),
    cellText(row.title),
    plans[row.plan],
    row.amountMinor / 100,
    row.refundedMinor / 100,
    row.currency,
    row.provider && providers[row.provider],
    views[row.view],
    row.attention ? 'да' : null,
  ];
}
