import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import layout from '#client/ui/layout.module.css';
import type_ from '#client/ui/type.module.css';
import type { AttemptDto } from '#shared/payments-office.ts';
import { money } from './money.ts';
import classes from './payment-page.module.css';
import shared from './payments.module.css';

/** What went back of a payment, or is about to; nothing where nothing did. */
export function RefundList({ refunds, currency }: { refunds: AttemptDto['refunds']; currency: string }) {
  const { card: words } = useOfficeText().payments;
  const format = useFormat();
  if (refunds.length === 0) return null;
  const tones = { waiting: shared.warn, sent: shared.warn, done: undefined, failed: shared.bad };
  return (
    <div>
      <h3 className={type_.h4}>{words.refunds}</h3>
      <ul className={`${layout.list} ${classes.refunds}`}>
        {refunds.map((refund) => (
          <li key={refund.id} className={classes.refund}>
            <div className={layout.between}>
              <b className={shared.sum}>{money(format, refund.amountMinor, currency)}</b>
              <span role="status" className={[layout.tag, tones[refund.state]].filter(Boolean).join(' ')}>
                {words.refundState[refund.state]}
              </span>
            </div>
            {refund.reason && <p>{refund.reason}</p>}
            {refund.error !== null && refund.state === 'failed' && <p>{words.refundError(refund.error)}</p>}
            <p className={shared.small}>
              {[
                refund.by ?? words.cause[refund.cause],
                format.dateTime(refund.doneAt ?? refund.createdAt),
                refund.endsAccess && words.endedAccess,
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}
