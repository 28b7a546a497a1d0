import { createFormat } from '#shared/i18n/format.ts';
import { catalogues } from '#shared/i18n/server.ts';
import type { App } from '../../../platform/app.ts';
import type { BellLine, Recipient } from '../message.ts';

/** What is told of a payment, for a message and for its line behind the bell. */
export interface Said extends BellLine {
  /** Markdown. */
  body: string;
  button: { label: string; url: string };
}

export function formatFor(app: App, { locale, timeZone }: Recipient) {
  return createFormat(locale, { schoolZone: app.config.schoolTimeZone, personZone: timeZone, now: () => app.clock.now().getTime() });
}

export const paragraphs = (...parts: (string | null | false)[]): string =>
  parts.filter((part) => part !== null && part !== false).join('\n\n');

interface OrderRow {
  id: string;
  number: number;
  title: string;
  slug: string | null;
  plan: string;
  amount_minor: number;
  list_minor: number;
  currency: string;
  paid_at: Date;
  period_end: Date | null;
  /** Of the subscription: when it is charged next; null: not any more. */
  next_charge_at: Date | null;
  next_minor: number | null;
  test: boolean;
}

/** Orders that are paid, by id. One statement. */
export async function findPaid(app: App, recipient: Recipient, orderIds: string[]): Promise<Map<string, Said>> {
  if (orderIds.length === 0) return new Map();
  const { rows } = await app.pool.query<OrderRow>({
    name: 'notice-paid',
    text: `SELECT o.id, o.number, o.title, c.slug, o.plan, o.amount_minor, o.list_minor, o.currency, o.paid_at, o.period_end,
        CASE WHEN s.state IN ('active', 'past_due') AND s.cancelled_at IS NULL THEN s.next_charge_at END AS next_charge_at, s.amount_minor AS next_minor,
        coalesce((SELECT bool_or(a.test) FROM payment_attempt a WHERE a.order_id = o.id AND a.captured_at IS NOT NULL), false) AS test
      FROM payment_order o LEFT JOIN course c ON c.id = o.course_id AND c.published_at IS NOT NULL AND c.deleted_at IS NULL
        LEFT JOIN subscription s ON s.id = o.subscription_id
      WHERE o.person_id = $1 AND o.id = ANY($2::uuid[]) AND o.state = 'paid' AND o.paid_at IS NOT NULL`,
    values: [recipient.id, orderIds],
  });
  return new Map(rows.map((row) => [row.id, sayPaid(app, recipient, row)]));
}

function sayPaid(app: App, recipient: Recipient, row: OrderRow): Said {
  const words = catalogues[recipient.locale].notice.payment;
  const format = formatFor(app, recipient);
  const price = (minor: number) => format.price(minor, row.currency);
  const isFree = row.amount_minor === 0;
  const until = row.plan === 'month' && row.period_end ? format.date(row.period_end) : null;
  return {
    title: isFree ? words.paid.titleFree(row.title) : words.paid.title(price(row.amount_minor)),
    text: row.title,
    href: `/payments/${row.id}`,
    body: paragraphs(
      until === null ? words.paid.once(row.title) : words.paid.month(row.title, until),
      [
        words.paid.order(row.number, format.date(row.paid_at)),
        ...(isFree ? [words.paid.free] : [words.paid.sum(price(row.amount_minor))]),
        ...(!isFree && row.amount_minor < row.list_minor ? [words.paid.instead(price(row.list_minor))] : []),
      ]
        .map((line) => `- ${line}`)
        .join('\n'),
      row.next_charge_at !== null && row.next_minor !== null && words.paid.next(format.date(row.next_charge_at), price(row.next_minor)),
      row.test && words.paid.test,
      !isFree && !row.test && app.config.payments?.receipts !== null && words.paid.receipt,
    ),
    button:
      row.slug === null ? { label: words.toOrder, url: `/payments/${row.id}` } : { label: words.toCourse, url: `/courses/${row.slug}` },
  };
}

interface RefundRow {
  id: string;
  order_id: string;
  number: number;
  title: string;
  amount_minor: number;
  currency: string;
  cause: string;
  ends_access: boolean;
  still_open: boolean;
}

/** Refunds that are done, by id. What a payer's bank took back is not told here: the payer asked for it there. One statement. */
export async function findRefunds(app: App, recipient: Recipient, refundIds: string[]): Promise<Map<string, Said>> {
  if (refundIds.length === 0) return new Map();
  const { rows } = await app.pool.query<RefundRow>({
    name: 'notice-refunds',
    text: `SELECT r.id, o.id AS order_id, o.number, o.title, r.amount_minor, a.currency, r.cause, r.ends_access,
        EXISTS (SELECT 1 FROM enrolment e WHERE e.person_id = $1 AND e.course_id = o.course_id AND (e.ends_at IS NULL OR e.ends_at > $3)) AS still_open
      FROM payment_refund r JOIN payment_attempt a ON a.id = r.attempt_id JOIN payment_order o ON o.id = a.order_id
      WHERE o.person_id = $1 AND r.id = ANY($2::uuid[]) AND r.state = 'done'`,
    values: [recipient.id, refundIds, app.clock.now()],
  });
  const { payment: words } = catalogues[recipient.locale].notice;
  const format = formatFor(app, recipient);
  return new Map(
    rows.map((row) => {
      const sum = format.price(row.amount_minor, row.currency);
      return [
        row.id,
        {
          title: words.refund.title(sum),
          text: row.title,
          href: `/payments/${row.order_id}`,
          body: paragraphs(
            words.refund.text(sum, row.title, row.number),
            row.cause === 'double' && words.refund.double,
            // A month that is paid, or what was granted, keeps the course open all the same.
            row.ends_access && (row.still_open ? words.refund.stays : words.refund.closed),
            words.refund.when,
          ),
          button: { label: words.toOrder, url: `/payments/${row.order_id}` },
        },
      ];
    }),
  );
}
