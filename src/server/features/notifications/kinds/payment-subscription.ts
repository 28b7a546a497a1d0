import { catalogues } from '#shared/i18n/server.ts';
import { declineClasses } from '#shared/payments.ts';
import type { App } from '../../../platform/app.ts';
import { openUntil } from '../../payments/subscriptions/rules.ts';
import type { NoticeData, Recipient } from '../message.ts';
import { formatFor, paragraphs, type Said } from './payment-money.ts';

export type SubscriptionNews = Extract<NoticeData['payment'], { subscription: unknown }>['subscription'];
export const keyOf = ({ id, event, at }: SubscriptionNews) => `${event} ${id} ${new Date(at).getTime()}`;

interface Row {
  id: string;
  title: string;
  slug: string | null;
  amount_minor: number;
  currency: string;
  state: string;
  mask: string | null;
  paid_until: Date | null;
  next_charge_at: Date | null;
  cancelled_at: Date | null;
  end_reason: string | null;
  decline_class: string | null;
}

const settingsHref = '/profile/payments';

/** What is still true of the events of subscriptions, by `keyOf`. One statement. */
export async function findSubscriptionNews(app: App, recipient: Recipient, about: SubscriptionNews[]): Promise<Map<string, Said>> {
  if (about.length === 0) return new Map();
  const { rows } = await app.pool.query<Row>({
    name: 'notice-subscriptions',
    text: `SELECT s.id, coalesce(c.title, o.title, '') AS title, CASE WHEN c.published_at IS NOT NULL AND c.deleted_at IS NULL THEN c.slug END AS slug,
        s.amount_minor, s.currency, s.state, nullif(m.mask, '') AS mask, s.paid_until, s.next_charge_at, s.cancelled_at, s.end_reason, o.decline_class
      FROM subscription s LEFT JOIN course c ON c.id = s.course_id LEFT JOIN payment_method m ON m.id = s.method_id AND m.forgotten_at IS NULL
        LEFT JOIN LATERAL (
          SELECT o.title, (SELECT a.decline_class FROM payment_attempt a WHERE a.order_id = o.id ORDER BY a.created_at DESC LIMIT 1) AS decline_class
          FROM payment_order o WHERE o.subscription_id = s.id ORDER BY o.created_at DESC LIMIT 1
        ) o ON true
      WHERE s.person_id = $1 AND s.id = ANY($2::uuid[])`,
    values: [recipient.id, about.map(({ id }) => id)],
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    about.flatMap((news): [string, Said][] => {
      const row = byId.get(news.id);
      const said = row && say(app, recipient, row, news.event);
      return said ? [[keyOf(news), said]] : [];
    }),
  );
}

/** Null: it is no longer so. */
function say(app: App, recipient: Recipient, row: Row, event: SubscriptionNews['event']): Said | null {
  switch (event) {
    case 'charge-soon':
      return soon(app, recipient, row);
    case 'charge-failed':
      return failed(app, recipient, row);
    case 'ended':
      return ended(app, recipient, row);
  }
}

function soon(app: App, recipient: Recipient, row: Row): Said | null {
  if (row.state !== 'active' || row.cancelled_at || !row.next_charge_at || row.next_charge_at <= app.clock.now()) return null;
  const { payment: words } = catalogues[recipient.locale].notice;
  const format = formatFor(app, recipient);
  const [date, sum] = [format.date(row.next_charge_at), format.price(row.amount_minor, row.currency)];
  return {
    title: words.soon.title(date, sum),
    text: row.title,
    href: settingsHref,
    body: paragraphs(words.soon.text(row.title, date, sum, row.mask), words.soon.cancel),
    button: { label: words.toSubscription, url: settingsHref },
  };
}

function failed(app: App, recipient: Recipient, row: Row): Said | null {
  if (row.state !== 'past_due' || row.cancelled_at) return null;
  const { payment: words } = catalogues[recipient.locale].notice;
  const format = formatFor(app, recipient);
  const sum = format.price(row.amount_minor, row.currency);
  const why = declineClasses.find((known) => known === row.decline_class) ?? 'other';
  return {
    title: words.failed.title(sum),
    text: row.title,
    href: settingsHref,
    body: paragraphs(
      `${words.failed.text(row.title, sum, row.mask)} ${words.failed.why[why]}`,
      row.next_charge_at ? words.failed.again(format.date(row.next_charge_at)) : words.failed.otherCard,
      row.paid_until && words.failed.openUntil(format.dateTime(openUntil(row.paid_until))),
    ),
    button: { label: words.toPay, url: settingsHref },
  };
}

function ended(app: App, recipient: Recipient, row: Row): Said | null {
  if (row.state !== 'ended') return null;
  const { payment: words } = catalogues[recipient.locale].notice;
  const format = formatFor(app, recipient);
  const isOpen = row.paid_until !== null && row.paid_until > app.clock.now();
  const { reasons } = words.ended;
  const reason = row.end_reason !== null && Object.hasOwn(reasons, row.end_reason) ? reasons[row.end_reason as keyof typeof reasons] : null;
  // Money that went back, and a course that was bought for good, say by themselves what becomes of the course.
  const tellsAll = row.end_reason === 'refunded' || row.end_reason === 'replaced';
  return {
    title: words.ended.title(row.title),
    text: '',
    href: settingsHref,
    body: paragraphs(reason, !tellsAll && (isOpen && row.paid_until ? words.ended.open(format.date(row.paid_until)) : words.ended.closed)),
    button: row.slug === null ? { label: words.toPayments, url: settingsHref } : { label: words.toCourse, url: `/courses/${row.slug}` },
  };
}
