import * as z from 'zod';
import { createFormat } from '#shared/i18n/format.ts';
import { catalogues } from '#shared/i18n/server.ts';
import { issueKinds, paymentProviders } from '#shared/payments.ts';
import type { App } from '../../../platform/app.ts';
import type { NoticeWords, Recipient } from '../message.ts';

const dataSchema = z.object({ issueId: z.uuid() });
const foundSchema = z.object({ expectedMinor: z.int().nullish(), foundMinor: z.int().nullish(), currency: z.string().length(3).nullish() });

interface Row {
  id: string;
  kind: string;
  provider: string;
  data: unknown;
  resolved: boolean;
  order_id: string | null;
  number: number | null;
}

interface Said {
  title: string;
  about: string;
  body: string;
  href: string;
  resolved: boolean;
}

/** Issues by id, as a moderator reads them. No name of anybody: Telegram gets it too. One statement. */
async function findIssues(app: App, { role, locale, timeZone }: Recipient, ids: string[]): Promise<Map<string, Said>> {
  if (role !== 'moderator') return new Map();
  const { rows } = await app.pool.query<Row>({
    name: 'notice-issues',
    text: `SELECT i.id, i.kind, i.provider, i.data, i.resolved_at IS NOT NULL AS resolved, o.id AS order_id, o.number
      FROM payment_issue i LEFT JOIN payment_attempt a ON a.id = i.attempt_id LEFT JOIN payment_order o ON o.id = a.order_id
      WHERE i.id = ANY($1::uuid[])`,
    values: [ids],
  });
  const { alert: words } = catalogues[locale].notice;
  const format = createFormat(locale, { schoolZone: app.config.schoolTimeZone, personZone: timeZone });
  return new Map(
    rows.flatMap((row): [string, Said][] => {
      const kind = issueKinds.find((known) => known === row.kind);
      const provider = paymentProviders.find((known) => known === row.provider);
      if (!kind || !provider) return [];
      const { title, text } = words.issues[kind];
      const about = words.about(row.number, words.providers[provider]);
      const { expectedMinor, foundMinor, currency } = foundSchema.safeParse(row.data).data ?? {};
      const sum = (minor: number | null | undefined) =>
        currency && minor !== null && minor !== undefined ? format.price(minor, currency) : null;
      const sums = words.sums(sum(expectedMinor), sum(foundMinor));
      const href = row.order_id === null ? '/admin/payments/issues' : `/admin/payments/${row.order_id}`;
      return [[row.id, { title, about, body: [text, [about, sums].filter(Boolean).join(' ')].join('\n\n'), href, resolved: row.resolved }]];
    }),
  );
}

/** To moderators: money wants a person to look. */
export const alert: NoticeWords<'alert'> = {
  parse: (data) => dataSchema.safeParse(data).data ?? null,
  shared: false,
  async message(app, notice, recipient) {
    const said = (await findIssues(app, recipient, [notice.data.issueId])).get(notice.data.issueId);
    // Somebody has dealt with it already, or it came right by itself.
    if (!said || said.resolved) return null;
    const { look } = catalogues[recipient.locale].notice.alert;
    return { title: said.title, body: said.body, button: { label: look, url: said.href }, pictures: [], replyTo: null };
  },
  async lines(app, notices, recipient) {
    const all = await findIssues(
      app,
      recipient,
      notices.map(({ data }) => data.issueId),
    );
    return new Map(
      notices.flatMap(({ id, data }) => {
        const said = all.get(data.issueId);
        return said ? [[id, { title: said.title, text: said.about, href: said.href }]] : [];
      }),
    );
  },
};
