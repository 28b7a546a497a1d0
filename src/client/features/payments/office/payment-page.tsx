import { useEffect, useState } from 'react';
import { useParams } from 'wouter';
import { OfficePage } from '#client/features/office/office-page.tsx';
import { say } from '#client/features/office/undo.tsx';
import { appError, errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { offline } from '#client/lib/online.ts';
import { anewUnlessSent } from '#client/lib/sent.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import { LinkButton } from '#client/ui/link-button.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { PaymentDetailsDto } from '#shared/payments-office.ts';
import { AttemptCard } from './attempt-card.tsx';
import { OrderFacts } from './order-facts.tsx';
import classes from './payment-page.module.css';
import { PaymentState } from './payment-state.tsx';
import { BankEvents, Ledger, OrderIssues } from './payment-traces.tsx';
import money from './payments.module.css';

/** While something is under way at the bank the page asks so often. */
const watchMs = 2000;
/** The bank was asked: its answer is here within so long, or comes later by itself. */
const answerMs = 20_000;

/** One order: what was bought, each attempt to pay it, all its money, and what the bank said. */
export function PaymentPage() {
  const { id = '' } = useParams<{ id: string }>();
  const { payments } = useOfficeText();
  const { card: words } = payments;
  const [asked, setAsked] = useState(false);
  const away = offline.use() !== null;
  const query = trpc.payments.office.get.useQuery(
    { id },
    {
      staleTime: anewUnlessSent,
      retry: (failures, error) => appError(error) === null && failures < 2,
      refetchInterval: ({ state }) => (asked || (state.data && isMoving(state.data)) ? watchMs : 30_000),
    },
  );
  useEffect(() => {
    if (!asked) return;
    const over = setTimeout(() => setAsked(false), answerMs);
    return () => clearTimeout(over);
  }, [asked]);
  const trail = [{ href: '/admin/payments', label: payments.title }];
  const code = appError(query.error)?.code;
  if (!query.data && (code === 'PAYMENTS_NOT_FOUND' || code === 'INPUT_INVALID')) {
    return (
      <OfficePage title={words.missing} trail={trail}>
        <EmptyState title={words.missingText} action={<LinkButton href="/admin/payments">{words.toList}</LinkButton>} />
      </OfficePage>
    );
  }
  const details = query.data;
  const stale = away || (query.isError && details !== undefined);
  return (
    <OfficePage
      title={details && words.title(details.order.number)}
      trail={trail}
      actions={details && details.attempts.length > 0 && <AskBank id={id} onAsked={() => setAsked(true)} />}
      facts={
        details ? (
          <>
            <span role="status" className={layout.row}>
              <PaymentState view={details.order.view} attention={details.issues.some(({ resolvedAt }) => resolvedAt === null)} />
              {details.order.test && <span className={`${layout.tag} ${money.warn}`}>{payments.test}</span>}
            </span>
            {stale && <span>{words.stale}</span>}
          </>
        ) : (
          <SkeletonBlock width={120} height={24} />
        )
      }
    >
      <QueryView query={query} skeleton={<PageSkeleton />} errorTitle={words.load}>
        {(found) => <Parts details={found} />}
      </QueryView>
    </OfficePage>
  );
}

function Parts({ details }: { details: PaymentDetailsDto }) {
  const { card: words } = useOfficeText().payments;
  const { attempts, order } = details;
  return (
    <div className={classes.split}>
      <div className={classes.column}>
        <section aria-labelledby="attempts">
          <h2 id="attempts">{words.attempts}</h2>
          {attempts.length === 0 && <p className={money.small}>{words.noAttempts}</p>}
          {attempts.map((attempt) => (
            <AttemptCard key={attempt.id} attempt={attempt} order={order} />
          ))}
        </section>
        <Ledger details={details} />
        <BankEvents details={details} />
      </div>
      <div className={classes.column}>
        <OrderFacts details={details} />
        <OrderIssues details={details} />
      </div>
    </div>
  );
}

/** Has the bank asked at once; what it says comes into the page by itself. */
function AskBank({ id, onAsked }: { id: string; onAsked: () => void }) {
  const { card: words } = useOfficeText().payments;
  const text = useText();
  const format = useFormat();
  const utils = trpc.useUtils();
  const check = trpc.payments.office.check.useMutation({
    onSuccess(details) {
      utils.payments.office.get.setData({ id }, details);
      onAsked();
      say(words.checked);
    },
  });
  return (
    <div>
      <BusyButton
        type="button"
        size="sm"
        variant="default"
        busy={check.isPending}
        busyLabel={words.checking}
        onClick={() => check.mutate({ id })}
      >
        {words.check}
      </BusyButton>
      <FormError>{check.error && errorText(check.error, text, format)}</FormError>
    </div>
  );
}

/** Something is on its way to the bank or back. */
function isMoving({ order, attempts }: PaymentDetailsDto): boolean {
  return (
    order.view === 'opening' ||
    order.view === 'checking' ||
    attempts.some(({ inDoubt, refunds }) => inDoubt || refunds.some(({ state }) => state === 'waiting' || state === 'sent'))
  );
}

function PageSkeleton() {
  return (
    <div className={classes.split}>
      <SkeletonBlock height={320} radius={12} />
      <SkeletonBlock height={320} radius={12} />
    </div>
  );
}
