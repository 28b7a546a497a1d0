import { useState } from 'react';
import { say } from '#client/features/office/undo.tsx';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Button } from '#client/ui/button.tsx';
import type { OrderDto } from '#shared/payments.ts';
import type { AttemptDto } from '#shared/payments-office.ts';
import { type Decision, decisionsOn } from './held.ts';
import { money } from './money.ts';
import classes from './payments.module.css';
import { ReasonDialog } from './reason-dialog.tsx';

/** A payment that does not fit its order: taken as it is, or given back. One that brought no money can only be refused. */
export function SettleHeld({ attempt, order }: { attempt: AttemptDto; order: OrderDto }) {
  const { held: words, refund } = useOfficeText().payments.card;
  const utils = trpc.useUtils();
  const [asking, setAsking] = useState<Decision | null>(null);
  const format = useFormat();
  const came = money(format, attempt.capturedMinor - attempt.refundedMinor, attempt.currency);
  const said = {
    accept: {
      act: words.accept,
      title: words.acceptTitle,
      text: words.acceptText(came, money(format, order.amountMinor, order.currency)),
      done: words.accepted,
    },
    back: { act: words.giveBack, title: words.backTitle, text: words.backText(came), done: words.returned },
    refuse: { act: words.refuse, title: words.refuseTitle, text: words.refuseText, done: words.refused },
  };
  const settle = trpc.payments.office.settleHeld.useMutation({
    onSuccess(details) {
      utils.payments.office.get.setData({ id: order.id }, details);
      void Promise.all([
        utils.payments.office.list.invalidate(),
        utils.payments.office.issues.invalidate(),
        utils.payments.office.overview.invalidate(),
      ]);
      if (asking) say(said[asking].done);
    },
  });
  return (
    <div className={classes.buttons}>
      {decisionsOn(attempt).map((decision) => (
        <Button key={decision} size="sm" variant="default" onClick={() => setAsking(decision)}>
          {said[decision].act}
        </Button>
      ))}
      {asking && (
        <ReasonDialog
          title={said[asking].title}
          note={said[asking].text}
          label={words.reason}
          needed={refund.reasonNeeded}
          submitLabel={said[asking].act}
          busyLabel={words.busy}
          onSubmit={(reason) => settle.mutateAsync({ attemptId: attempt.id, accept: asking === 'accept', reason })}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  );
}
