import { Link } from 'wouter';
import { useFormat } from '#client/lib/i18n.tsx';
import { usePaymentsText } from '#client/lib/payments-text.ts';
import { anewUnlessSent } from '#client/lib/sent.ts';
import { trpc } from '#client/lib/trpc.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import layout from '#client/ui/layout.module.css';
import { LinkButton } from '#client/ui/link-button.tsx';
import { ListFoot } from '#client/ui/list-foot.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { OrderDto } from '#shared/payments.ts';
import classes from './mine.module.css';

/** Orders, newest first; each leads to its page, which is also its receipt. */
export function History() {
  const { history: words } = usePaymentsText().mine;
  const list = trpc.payments.history.useInfiniteQuery({}, { getNextPageParam: (page) => page.nextCursor, staleTime: anewUnlessSent });
  const orders = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <QueryView query={list} errorTitle={words.failed} level={3} skeleton={<HistorySkeleton />}>
      {() =>
        orders.length === 0 ? (
          <EmptyState
            level={3}
            title={words.emptyTitle}
            className={classes.empty}
            action={
              <LinkButton href="/courses" variant="default">
                {words.courses}
              </LinkButton>
            }
          >
            {words.empty}
          </EmptyState>
        ) : (
          <>
            <ul className={`${layout.list} ${classes.list}`}>
              {orders.map((order) => (
                <PaymentRow key={order.id} order={order} />
              ))}
            </ul>
            <ListFoot list={list} words={words} />
          </>
        )
      }
    </QueryView>
  );
}

function PaymentRow({ order }: { order: OrderDto }) {
  const { order: orderWords, mine } = usePaymentsText();
  const words = mine.history;
  const format = useFormat();
  const price = (minor: number) => format.sum(minor, order.currency);
  const returned = order.refundedMinor > 0 && order.view !== 'refunded' && words.returned(price(order.refundedMinor));
  return (
    <li className={classes.payment}>
      <div>
        <Link lang="ru" href={`/payments/${order.id}`} className={classes.title}>
          {setTitle(order.title)}
        </Link>
        <p className={classes.meta}>
          <span>{format.dateTime(order.paidAt ?? order.createdAt)}</span>
          <span>{words.order(order.number)}</span>
          {returned && <span>{returned}</span>}
          {order.receiptUrl && (
            <a
              href={order.receiptUrl}
              target="_blank"
              rel="noreferrer"
              className={classes.receipt}
              aria-label={words.receiptOf(order.number)}
            >
              {words.receipt}
            </a>
          )}
        </p>
      </div>
      <span className={classes.state}>
        {order.view === 'paid' && order.amountMinor === 0 ? orderWords.free : orderWords.states[order.view]}
      </span>
      <span className={classes.amount}>{price(order.amountMinor)}</span>
    </li>
  );
}

function HistorySkeleton() {
  return [0, 1, 2].map((row) => <SkeletonBlock key={row} height={44} mt={row === 0 ? 30 : 29} />);
}
