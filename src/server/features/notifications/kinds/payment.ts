import * as z from 'zod';
import type { App } from '../../../platform/app.ts';
import type { NoticeData, NoticeRow, NoticeWords, Recipient } from '../message.ts';
import { findPaid, findRefunds, type Said } from './payment-money.ts';
import { findSubscriptionNews, keyOf as subscriptionKey } from './payment-subscription.ts';

const dataSchema = z.union([
  z.object({ order: z.object({ id: z.uuid(), event: z.literal('paid') }) }),
  z.object({ refund: z.object({ id: z.uuid() }) }),
  z.object({ subscription: z.object({ id: z.uuid(), event: z.enum(['charge-soon', 'charge-failed', 'ended']), at: z.iso.datetime() }) }),
]);

function keyOf(data: NoticeData['payment']): string {
  if ('order' in data) return data.order.id;
  return 'refund' in data ? data.refund.id : subscriptionKey(data.subscription);
}

/** By `keyOf`. At most one statement for each sort of news. */
async function findSaid(app: App, notices: NoticeRow<'payment'>[], recipient: Recipient): Promise<Map<string, Said>> {
  const data = notices.map((notice) => notice.data);
  const found = await Promise.all([
    findPaid(
      app,
      recipient,
      data.flatMap((one) => ('order' in one ? [one.order.id] : [])),
    ),
    findRefunds(
      app,
      recipient,
      data.flatMap((one) => ('refund' in one ? [one.refund.id] : [])),
    ),
    findSubscriptionNews(
      app,
      recipient,
      data.flatMap((one) => ('subscription' in one ? [one.subscription] : [])),
    ),
  ]);
  return new Map(found.flatMap((some) => [...some]));
}

/** To a student: paid, given back, a charge that comes or failed, a subscription that is over. */
export const payment: NoticeWords<'payment'> = {
  parse: (data) => dataSchema.safeParse(data).data ?? null,
  shared: false,
  async message(app, notice, recipient) {
    const said = (await findSaid(app, [notice], recipient)).get(keyOf(notice.data));
    return said ? { title: said.title, body: said.body, button: said.button, pictures: [], replyTo: null } : null;
  },
  async lines(app, notices, recipient) {
    const all = await findSaid(app, notices, recipient);
    return new Map(
      notices.flatMap(({ id, data }) => {
        const said = all.get(keyOf(data));
        return said ? [[id, { title: said.title, text: said.text, href: said.href }]] : [];
      }),
    );
  },
};
