import '@mantine/core/styles/Input.layer.css';
import { TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { usePaymentsText } from '#client/lib/payments-text.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { FieldError } from '#client/ui/field-error.tsx';
import classes from './checkout.module.css';
import { useKeptFocus } from './use-kept-focus.ts';
import type { PromoState } from './use-promo.ts';

/** The line of the order that a code takes off. */
export function AppliedPromo({ code, off, onRemove }: { code: string; off: string; onRemove: () => void }) {
  const { promo: words } = usePaymentsText().checkout;
  const remove = useRef<HTMLButtonElement>(null);
  // The field and its button have just gone, and the focus with them.
  useEffect(() => {
    if (document.activeElement === document.body) remove.current?.focus();
  }, []);
  return (
    <div className={`${classes.line} ${classes.promo}`}>
      <dt>
        <span>{words.applied(code)}</span>
        <button ref={remove} type="button" className={classes.remove} aria-label={words.removeOf(code)} onClick={onRemove}>
          {words.remove}
        </button>
      </dt>
      <dd>{off}</dd>
    </div>
  );
}

/** Behind a link, because most have none; what was typed stays through refusals and reloads. */
export function PromoField({ promo }: { promo: PromoState }) {
  const text = useText();
  const format = useFormat();
  const { promo: words } = usePaymentsText().checkout;
  const field = useRef<HTMLInputElement>(null);
  const asked = useRef(false);
  const link = useRef<HTMLButtonElement>(null);
  const { open } = promo;
  useKeptFocus(() => link.current, promo.applied !== null);
  useEffect(() => {
    if (open && asked.current) field.current?.focus();
  }, [open]);

  if (promo.applied) return null;
  if (!open) {
    return (
      <div>
        <Button
          ref={link}
          variant="subtle"
          onClick={() => {
            asked.current = true;
            promo.show();
          }}
          style={{ marginLeft: -12 }}
        >
          {words.open}
        </Button>
      </div>
    );
  }
  const { refusal } = promo;
  const problem = promo.error
    ? errorText(promo.error, text, format)
    : refusal === null
      ? undefined
      : refusal === 'empty'
        ? words.empty
        : words.refused[refusal];
  return (
    <div className={classes.promoRow}>
      <TextInput
        ref={field}
        label={words.label}
        value={promo.typed}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={60}
        error={problem && <FieldError>{problem}</FieldError>}
        onChange={(event) => promo.type(event.currentTarget.value)}
        onKeyDown={(event) => {
          // Within the form of the order: Enter here is for the code, not for paying.
          if (event.key !== 'Enter') return;
          event.preventDefault();
          promo.apply();
        }}
      />
      <BusyButton type="button" variant="default" busy={promo.busy} busyLabel={words.applying} onClick={promo.apply}>
        {words.apply}
      </BusyButton>
    </div>
  );
}
