import { useOfficeText } from '#client/lib/office-text.ts';
import layout from '#client/ui/layout.module.css';
import type { OrderView } from '#shared/payments.ts';
import classes from './payments.module.css';

const tones: Partial<Record<OrderView, string | undefined>> = {
  paid: layout.tagBoard,
  checking: classes.warn,
  declined: classes.bad,
  held: classes.warn,
};

/** How an order stands, in words; and whether somebody has to look. */
export function PaymentState({ view, attention = false }: { view: OrderView; attention?: boolean }) {
  const { payments: words } = useOfficeText();
  return (
    <>
      <span className={[layout.tag, tones[view]].filter(Boolean).join(' ')}>{words.view[view]}</span>
      {attention && view !== 'held' && <span className={`${layout.tag} ${classes.warn}`}>{words.needsLook}</span>}
    </>
  );
}
