import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Input.layer.css';
import '@mantine/core/styles/Checkbox.layer.css';
import '@mantine/core/styles/Radio.layer.css';
import { Checkbox, Radio, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { say } from '#client/features/office/undo.tsx';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { makeUuid } from '#client/lib/make-uuid.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { FieldError, FormError } from '#client/ui/field-error.tsx';
import type { OrderDto } from '#shared/payments.ts';
import { type AttemptDto, reasonLimit } from '#shared/payments-office.ts';
import { money, typedMinor } from './money.ts';
import classes from './payments.module.css';

interface RefundDialogProps {
  attempt: AttemptDto;
  order: OrderDto;
  /** Made in the provider's cabinet already: only written down. */
  recorded: boolean;
  onClose: () => void;
}

/** Gives money back, all or a part; or writes down what went back without us. Sent twice, it is one refund: the id is made when the dialog opens. */
export function RefundDialog({ attempt, order, recorded, onClose }: RefundDialogProps) {
  const { card } = useOfficeText().payments;
  const words = recorded ? card.record : card.refund;
  const text = useText();
  const format = useFormat();
  const utils = trpc.useUtils();
  const { refundableMinor: most, currency } = attempt;
  const [clientId] = useState(makeUuid);
  const [part, setPart] = useState(recorded);
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const [endsAccess, setEndsAccess] = useState(!recorded);
  const [errors, setErrors] = useState<{ sum?: string; reason?: string }>({});
  const form = useRef<HTMLFormElement>(null);
  const done = {
    onSuccess: (details: Parameters<typeof utils.payments.office.get.setData>[1]) => {
      utils.payments.office.get.setData({ id: order.id }, details);
      void utils.payments.office.list.invalidate();
      void utils.payments.office.overview.invalidate();
      onClose();
      say((recorded ? card.record.done : card.refund.sent)(money(format, minor ?? 0, currency)));
    },
  };
  // The answer may be what got lost: the page behind the dialog shows then what was done.
  const onError = () => void utils.payments.office.get.invalidate({ id: order.id });
  const refund = trpc.payments.office.refund.useMutation({ ...done, onError });
  const record = trpc.payments.office.recordRefund.useMutation({ ...done, onError });
  const change = recorded ? record : refund;
  const minor = part ? typedMinor(typed) : most;
  // What is on its way is not taken back by closing the dialog, so that it does not look so.
  const close = () => {
    if (!change.isPending) onClose();
  };

  function submit(event: FormEvent) {
    event.preventDefault();
    if (change.isPending) return;
    const found: typeof errors = {};
    if (most === 0) found.sum = card.refund.nothingLeft;
    else if (minor === null || minor === 0) found.sum = card.refund.sumWrong;
    else if (minor > most) found.sum = card.refund.sumMost(money(format, most, currency));
    if (reason.trim() === '') found.reason = card.refund.reasonNeeded;
    setErrors(found);
    if (found.sum || found.reason || minor === null) {
      form.current?.querySelector<HTMLElement>(`[name="${found.sum ? 'sum' : 'reason'}"]`)?.focus();
      return;
    }
    change.mutate({ attemptId: attempt.id, clientId, amountMinor: minor, reason, endsAccess });
  }

  return (
    <Dialog small title={recorded ? card.record.title : card.refund.title(order.number)} onClose={close}>
      <form ref={form} className={classes.form} onSubmit={submit} noValidate>
        <p>{words.text}</p>
        {!recorded && (
          <Radio.Group
            label={card.refund.how}
            value={part ? 'part' : 'whole'}
            onChange={(value) => {
              setPart(value === 'part');
              setEndsAccess(value !== 'part');
            }}
          >
            <div className={classes.choices}>
              <Radio value="whole" label={card.refund.whole(money(format, most, currency))} />
              <Radio value="part" label={card.refund.part} />
            </div>
          </Radio.Group>
        )}
        {part && (
          <TextInput
            name="sum"
            label={card.refund.sum(currency)}
            description={errors.sum ? undefined : card.refund.sumMost(money(format, most, currency))}
            inputMode="decimal"
            autoComplete="off"
            maxLength={16}
            value={typed}
            error={errors.sum && <FieldError>{errors.sum}</FieldError>}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              setErrors(({ reason: other }) => (other ? { reason: other } : {}));
            }}
          />
        )}
        <Textarea
          name="reason"
          label={card.refund.reason}
          description={card.refund.reasonHelp}
          rows={3}
          maxLength={reasonLimit}
          value={reason}
          error={errors.reason && <FieldError>{errors.reason}</FieldError>}
          onChange={(event) => {
            setReason(event.currentTarget.value);
            setErrors(({ sum: other }) => (other ? { sum: other } : {}));
          }}
        />
        <Checkbox
          size="sm"
          radius="sm"
          label={card.refund.endsAccess}
          description={card.refund.endsAccessHelp}
          checked={endsAccess}
          onChange={(event) => setEndsAccess(event.currentTarget.checked)}
        />
        <FormError>{(!part && errors.sum) || (change.error && errorText(change.error, text, format))}</FormError>
        <div className={classes.buttons}>
          <BusyButton busy={change.isPending} busyLabel={card.refund.sending}>
            {minor !== null && minor > 0 && minor <= most ? words.submit(money(format, minor, currency)) : words.submitBare}
          </BusyButton>
          <Button variant="subtle" disabled={change.isPending} onClick={close}>
            {text.common.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
