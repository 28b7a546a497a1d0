import { IconAlertTriangle, IconClockPause } from '@tabler/icons-react';
import { useState } from 'react';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { Button } from '#client/ui/button.tsx';
import { icon } from '#client/ui/icon.ts';
import layout from '#client/ui/layout.module.css';
import { NoteBox } from '#client/ui/note-box.tsx';
import type { OrderDto, PaymentState } from '#shared/payments.ts';
import type { AttemptDto } from '#shared/payments-office.ts';
import { isUndecided } from './held.ts';
import { money } from './money.ts';
import classes from './payment-page.module.css';
import shared from './payments.module.css';
import { RefundDialog } from './refund-dialog.tsx';
import { RefundList } from './refund-list.tsx';
import { SettleHeld } from './settle-held.tsx';

const tones: Partial<Record<PaymentState, string | undefined>> = {
  captured: layout.tagBoard,
  partly_refunded: layout.tagBoard,
  failed: shared.bad,
  authorized: shared.warn,
};

/** One try to pay an order: how it went, and what can be done about its money. */
export function AttemptCard({ attempt, order }: { attempt: AttemptDto; order: OrderDto }) {
  const { payments } = useOfficeText();
  const { card: words } = payments;
  const format = useFormat();
  const [asking, setAsking] = useState<'refund' | 'record' | null>(null);
  const {
    id,
    provider,
    providerPaymentId,
    kind,
    state,
    amountMinor,
    capturedMinor,
    refundedMinor,
    refundableMinor,
    currency,
    paidWith,
    decline,
  } = attempt;
  const isHeld = attempt.heldReason !== null;
  const facts = [
    isHeld && capturedMinor > 0 && [words.attempt.asked, money(format, order.amountMinor, order.currency)],
    decline && [words.attempt.decline, `${payments.decline[decline.class]}${decline.code && `, ${words.attempt.code(decline.code)}`}`],
    paidWith && [words.attempt.paidWith, paidWith],
    refundedMinor > 0 && [words.attempt.refunded, money(format, refundedMinor, currency)],
    refundedMinor > 0 && refundableMinor > 0 && [words.attempt.left, money(format, refundableMinor, currency)],
    providerPaymentId && [words.attempt.provider, providerPaymentId],
    [words.attempt.id, id],
  ].filter((fact): fact is [string, string] => Array.isArray(fact));
  return (
    <article
      className={`${layout.card} ${classes.attempt}`}
      aria-label={`${payments.provider[provider]}, ${format.dateTime(attempt.createdAt)}`}
    >
      <div className={layout.between}>
        {/* Once money came, it is what came that counts. */}
        <p className={classes.sum}>{money(format, capturedMinor || amountMinor, currency)}</p>
        <span className={layout.row}>
          {attempt.test && <span className={`${layout.tag} ${shared.warn}`}>{payments.test}</span>}
          <span className={[layout.tag, isHeld && state === 'captured' ? shared.warn : tones[state]].filter(Boolean).join(' ')}>
            {isHeld && state === 'captured' ? words.cameOnly : words.state[state]}
          </span>
        </span>
      </div>
      <p className={shared.small}>
        {payments.provider[provider]}, {words.kind[kind]} · {format.dateTime(attempt.capturedAt ?? attempt.createdAt)}
      </p>
      {attempt.inDoubt && (
        <NoteBox tone="warn" icon={<IconClockPause {...icon.md} />}>
          {words.inDoubt}
        </NoteBox>
      )}
      {attempt.heldReason !== null && (
        <NoteBox tone="warn" icon={<IconAlertTriangle {...icon.md} />}>
          <p>
            <b>{words.held.title}.</b> {words.held.reasons[attempt.heldReason] ?? words.held.other(attempt.heldReason)}
          </p>
        </NoteBox>
      )}
      <dl className={classes.facts}>
        {facts.map(([term, fact]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
      </dl>
      <RefundList refunds={attempt.refunds} currency={currency} />
      {isUndecided(attempt) ? (
        <SettleHeld attempt={attempt} order={order} />
      ) : (
        refundableMinor > 0 && (
          <div className={shared.buttons}>
            <Button variant="default" size="sm" onClick={() => setAsking('refund')}>
              {words.refund.act}
            </Button>
            <Button variant="subtle" size="sm" onClick={() => setAsking('record')}>
              {words.record.act}
            </Button>
          </div>
        )
      )}
      {asking && <RefundDialog attempt={attempt} order={order} recorded={asking === 'record'} onClose={() => setAsking(null)} />}
    </article>
  );
}
