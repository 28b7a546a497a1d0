import { useRef } from 'react';
import { Link, useParams } from 'wouter';
import { appError } from '#client/lib/errors.ts';
import { usePageTitle } from '#client/lib/page.ts';
import { usePaymentsText } from '#client/lib/payments-text.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import layout from '#client/ui/layout.module.css';
import { LinkButton } from '#client/ui/link-button.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock, SkeletonText } from '#client/ui/skeleton.tsx';
import type_ from '#client/ui/type.module.css';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { OrderDto } from '#shared/payments.ts';
import classes from './order.module.css';
import { OrderFacts } from './order-facts.tsx';
import { OrderState } from './order-state.tsx';
import { titleOf } from './order-title.ts';
import { useKeptFocus } from './use-kept-focus.ts';
import { useOrder } from './use-order.ts';

/** An order from its beginning to its end: the way to the bank, the wait for its word, and what became of it. The same page is the receipt. */
export function OrderPage() {
  const { order: id = '' } = useParams<{ order: string }>();
  const { order: words } = usePaymentsText();
  const trip = useOrder(id);
  const { query } = trip;
  const code = query.data === undefined ? appError(query.error)?.code : undefined;
  const missing = code === 'PAYMENTS_NOT_FOUND' || code === 'INPUT_INVALID';
  usePageTitle(query.data ? words.number(query.data.number) : missing ? words.missing.title : undefined);
  if (missing) {
    return (
      <div className={layout.wrap}>
        <EmptyState level={1} title={words.missing.title} action={<LinkButton href="/profile/payments">{words.missing.action}</LinkButton>}>
          {words.missing.text}
        </EmptyState>
      </div>
    );
  }
  return (
    <div className={layout.wrap}>
      <QueryView query={query} level={1} errorTitle={words.failed} skeleton={<OrderSkeleton />}>
        {(order) => (
          <>
            <p className={classes.crumbs}>
              {order.courseSlug ? (
                <Link lang="ru" href={`/courses/${order.courseSlug}`}>
                  {setTitle(order.title)}
                </Link>
              ) : (
                setTitle(order.title)
              )}
            </p>
            <SaidState order={order} trip={trip} />
            <OrderFacts order={order} />
          </>
        )}
      </QueryView>
    </div>
  );
}

/** The state, said aloud when it changes; its buttons go with it, and the focus goes on at its title then. */
function SaidState({ order, trip }: { order: OrderDto; trip: ReturnType<typeof useOrder> }) {
  const { order: words } = usePaymentsText();
  const state = useRef<HTMLDivElement>(null);
  const title = titleOf(order, trip, words);
  useKeptFocus(() => state.current?.querySelector('h1'), title);
  return (
    <>
      <div ref={state}>
        <OrderState order={order} trip={trip} />
      </div>
      <p role="status" className={type_.hidden}>
        {title}
      </p>
    </>
  );
}

function OrderSkeleton() {
  return (
    <>
      <SkeletonBlock width={160} height={14} mt={3} />
      <SkeletonBlock width={260} height={32} mt={15} />
      <div className={classes.state}>
        <SkeletonText lines={2} mt={12} />
        <SkeletonBlock width={200} height={44} mt={24} radius={8} />
        <SkeletonText lines={5} lineHeight={44} mt={32} />
      </div>
    </>
  );
}
