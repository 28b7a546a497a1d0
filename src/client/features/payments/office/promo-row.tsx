import { say, useUndo } from '#client/features/office/undo.tsx';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { PromoRowDto } from '#shared/payments-office.ts';
import { copyText } from './copy-text.ts';
import { money } from './money.ts';
import shared from './payments.module.css';
import classes from './promo.module.css';

/** A code: what it takes off, where and how often, and whether it works now. */
export function PromoRow({ row, onEdit }: { row: PromoRowDto; onEdit: () => void }) {
  const { promo: words } = useOfficeText().payments;
  const text = useText();
  const format = useFormat();
  const utils = trpc.useUtils();
  const offerUndo = useUndo();
  const change = trpc.payments.office.promo.switch.useMutation({ onSuccess: () => utils.payments.office.promo.list.invalidate() });
  const { id, code, discount, course, validFrom, validUntil, limitTotal, perPerson, note, used, state } = row;
  const on = state !== 'off';
  const facts = [
    course ? setTitle(course.title) : words.allCourses,
    limitTotal === null ? words.used(used) : words.usedOf(used, limitTotal),
    perPerson === 1 ? words.once : words.perPerson(perPerson),
    validFrom && words.from(format.schoolDate(validFrom)),
    // The midnight at which it ends belongs to the day before.
    validUntil && words.until(format.schoolDate(Date.parse(validUntil) - 1)),
  ].filter(Boolean);
  const flip = () =>
    change.mutate(
      { id, on: !on },
      {
        onSuccess: () =>
          offerUndo({ message: on ? words.disabled(code) : words.enabled(code), undo: () => change.mutateAsync({ id, on }) }),
      },
    );
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <p className={layout.row}>
          <b className={classes.code}>{code}</b>
          <span className={shared.sum}>
            {discount.kind === 'percent'
              ? words.off(discount.percent)
              : words.offSum(money(format, discount.amountMinor, discount.currency))}
          </span>
          <span className={`${layout.tag} ${state === 'live' ? layout.tagBoard : ''}`}>{words.state[state]}</span>
        </p>
        <p className={shared.small}>{facts.join(' · ')}</p>
        {note && <p className={shared.small}>{note}</p>}
        <FormError>{change.error && errorText(change.error, text, format)}</FormError>
      </div>
      <div className={shared.buttons}>
        <Button
          size="sm"
          variant="default"
          aria-label={words.copyOf(code)}
          onClick={async () => say((await copyText(code)) ? words.copied(code) : words.copyFailed)}
        >
          {words.copy}
        </Button>
        <Button size="sm" variant="default" aria-label={words.editOf(code)} onClick={onEdit}>
          {words.edit}
        </Button>
        <BusyButton
          type="button"
          size="sm"
          variant="default"
          busy={change.isPending}
          busyLabel={words.switching}
          label={on ? words.disableOf(code) : words.enableOf(code)}
          onClick={flip}
        >
          {on ? words.disable : words.enable}
        </BusyButton>
      </div>
    </li>
  );
}
