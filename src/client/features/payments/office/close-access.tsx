import { useState } from 'react';
import { say } from '#client/features/office/undo.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Button } from '#client/ui/button.tsx';
import classes from './payments.module.css';
import { ReasonDialog } from './reason-dialog.tsx';

/** Takes a course from its buyer whose money is not with the school any more. */
export function CloseAccess({ orderId }: { orderId: string }) {
  const { close: words } = useOfficeText().payments.card;
  const utils = trpc.useUtils();
  const [asking, setAsking] = useState(false);
  const close = trpc.payments.office.closeAccess.useMutation({
    onSuccess(details) {
      utils.payments.office.get.setData({ id: orderId }, details);
      void utils.payments.office.overview.invalidate();
      say(words.done);
    },
  });
  return (
    <div className={classes.under}>
      <Button size="sm" variant="default" onClick={() => setAsking(true)}>
        {words.act}
      </Button>
      {asking && (
        <ReasonDialog
          title={words.title}
          note={words.text}
          label={words.reason}
          needed={words.reasonNeeded}
          submitLabel={words.act}
          busyLabel={words.busy}
          onSubmit={(reason) => close.mutateAsync({ id: orderId, reason })}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}
