/**
 * T-Bank's file of operations («реестр»): CP-1251, cells between semicolons, CRLF. Understood by the names of the columns, in any order and whatever
 * stands above them; capital letters and signs do not matter:
 * - Payment ID (Идентификатор платежа, ID платежа, Номер платежа)
 * - Order ID (Номер заказа, Order no., Идентификатор заказа, Заказ); may be missing
 * - Amount (Sum, Сумма, Сумма операции, Сумма платежа), in roubles, with a comma or a dot
 * - Operation type (Тип операции, Вид операции, Операция, Type): Debit (Дебет, Оплата, Покупка, Списание), Credit (Кредит, Возврат, Refund), Chargeback (Чарджбэк)
 * - Bank fee (Комиссия банка, Комиссия, Fee), RRN, Operation date (Дата операции, Дата, Дата и время операции) with Time (Время операции, Время)
 *   beside it; may be missing
 *
 * Other columns are left alone, and so are lines of totals. A file that was saved anew as UTF-8 is read too.
 */
import type { RegistryRow } from '../../payments.ts';
import { cellsOf, type Line } from './registry-cells.ts';

const columns = {
  paymentId: ['paymentid', 'идентификаторплатежа', 'idплатежа', 'номерплатежа'],
  orderId: ['orderid', 'orderno', 'ordernumber', 'order', 'номерзаказа', 'заказа', 'идентификаторзаказа', 'заказ'],
  amount: ['amount', 'sum', 'сумма', 'суммаоперации', 'суммаплатежа', 'суммаруб'],
  type: ['operationtype', 'type', 'типоперации', 'видоперации', 'операция', 'тип'],
  fee: ['bankfee', 'fee', 'комиссиябанка', 'комиссия'],
  rrn: ['rrn', 'ррн'],
  date: ['operationdate', 'date', 'датаоперации', 'дата', 'датаивремяоперации', 'датаивремя', 'operationdatetime'],
  time: ['operationtime', 'time', 'времяоперации', 'время'],
} as const;
type Column = keyof typeof columns;

const kinds = new Map<string, RegistryRow['kind']>([
  ...['debit', 'дебет', 'дебит', 'оплата', 'покупка', 'списание', 'payment', 'purchase'].map((word) => [word, 'payment'] as const),
  ...['credit', 'кредит', 'возврат', 'refund', 'частичныйвозврат'].map((word) => [word, 'refund'] as const),
  ...['chargeback', 'чарджбэк', 'чарджбек'].map((word) => [word, 'chargeback'] as const),
]);

/** Names may stand below a title and the name of the firm. */
const linesAboveNames = 30;

/** `unreadable`: no such file, or the first line that is not understood. All is read or nothing. */
export function readRegistryFile(bytes: Uint8Array): { rows: RegistryRow[] } | { unreadable: number } {
  const lines = cellsOf(decode(bytes));
  if (!Array.isArray(lines)) return lines;
  const names = lines.slice(0, linesAboveNames).findIndex(({ cells }) => isNames(cells.map(bare)));
  const named = lines[names];
  if (!named) return { unreadable: 1 };
  const place = placesOf(named.cells.map(bare));
  const rows: RegistryRow[] = [];
  for (const line of lines.slice(names + 1)) {
    if (isTotal(line, place)) continue;
    const row = rowOf(line, place);
    if (row === null) return { unreadable: line.line };
    rows.push(row);
  }
  return { rows };
}

function decode(bytes: Uint8Array): string {
  try {
    // Cyrillic in CP-1251 is no UTF-8.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1251').decode(bytes);
  }
}

const bare = (cell: string): string =>
  cell
    .toLowerCase()
    .replace(/ё/g, 'е')
    .replace(/[^\p{L}\d]+/gu, '');

type Places = Partial<Record<Column, number>>;
function placesOf(names: readonly string[]): Places {
  const places: Places = {};
  for (const [column, words] of Object.entries(columns) as [Column, readonly string[]][]) {
    // The first word that is there: «Сумма» before «Сумма операции» if both are.
    const at = words.map((word) => names.indexOf(word)).find((index) => index >= 0);
    if (at !== undefined) places[column] = at;
  }
  return places;
}

function isNames(names: readonly string[]): boolean {
  const { paymentId, amount, type } = placesOf(names);
  return paymentId !== undefined && amount !== undefined && type !== undefined;
}

const cellIn = ({ cells }: Line, at: number | undefined): string => (at === undefined ? '' : (cells[at] ?? '').trim());

/** Lines without a payment and without a kind: empty ones, sums at the end. */
const isTotal = (line: Line, place: Places): boolean => cellIn(line, place.paymentId) === '' && cellIn(line, place.type) === '';

function rowOf(line: Line, place: Places): RegistryRow | null {
  // Spreadsheets are told with ="…" or ' that an id is no number.
  const id = (at: number | undefined) => cellIn(line, at).replace(/^[='"]+|["']+$/g, '');
  const providerPaymentId = id(place.paymentId);
  const amountMinor = kopecksOf(cellIn(line, place.amount));
  const fee = cellIn(line, place.fee);
  const feeMinor = fee === '' ? null : kopecksOf(fee);
  const date = `${cellIn(line, place.date)} ${cellIn(line, place.time)}`.trim();
  const at = date === '' ? null : moscowTime(date);
  if (!/^\d{1,20}$/.test(providerPaymentId) || amountMinor === null) return null;
  if ((fee !== '' && feeMinor === null) || (date !== '' && at === null)) return null;
  return {
    line: line.line,
    kind: kinds.get(bare(cellIn(line, place.type))) ?? 'other',
    providerPaymentId,
    orderId: id(place.orderId) || null,
    amountMinor,
    feeMinor,
    at,
    rrn: id(place.rrn) || null,
  };
}

/** «-1 990,5» → 199050 */
function kopecksOf(cell: string): number | null {
  const parts = /^[-+−]?(\d{1,10})(?:[.,](\d{1,2}))?$/.exec(cell.replace(/[\s ]+/g, ''));
  return parts ? Number(parts[1]) * 100 + Number((parts[2] ?? '').padEnd(2, '0')) : null;
}

/** «23.11.2026 12:00:05», «2026-11-23T12:00:05+03:00»; the bank's clock is Moscow's. */
function moscowTime(cell: string): Date | null {
  const russian = /^(\d\d)\.(\d\d)\.(\d{4})(.*)$/.exec(cell);
  const iso = russian ? `${russian[3]}-${russian[2]}-${russian[1]}${russian[4]}` : cell;
  const parts = /^(\d{4}-\d\d-\d\d)(?:[T ]+(\d\d:\d\d)(:\d\d)?(?:[.,]\d+)?\s*(Z|[+-]\d\d:?\d\d)?)?$/.exec(iso);
  if (!parts) return null;
  const [, day, clock = '00:00', seconds = ':00', zone = '+03:00'] = parts;
  const at = new Date(`${day}T${clock}${seconds}${zone.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2')}`);
  return Number.isNaN(at.getTime()) ? null : at;
}
