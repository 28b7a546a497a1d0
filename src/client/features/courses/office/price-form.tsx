import '@mantine/core/styles/Input.layer.css';
import { TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { CurrencySelect } from '#client/features/payments/office/currency-select.tsx';
import { asTyped, typedMinor } from '#client/features/payments/office/money.ts';
import { useDraft } from '#client/lib/draft.ts';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FieldError, FormError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import { NoteBox } from '#client/ui/note-box.tsx';
import type { ProgrammeDto } from '#shared/curriculum.ts';
import { currencies } from '#shared/payments.ts';
import classes from './forms.module.css';
import { useCurriculum } from './use-curriculum.ts';

type Fields = Record<'once' | 'month' | 'currency', string>;

/** What a course costs: for good, by the month, both or nothing. */
export function PriceForm({ course }: { course: ProgrammeDto }) {
  const { prices: words } = useOfficeText().payments;
  const text = useText();
  const format = useFormat();
  const { api, change: send } = useCurriculum(course.slug);
  const { draft, change, forget } = useDraft<Partial<Fields>>(`price.${course.id}`, {});
  const typedOf = (minor: number) => (minor === 0 ? '' : asTyped(minor, format.locale));
  const values: Fields = { once: typedOf(course.priceMinor), month: typedOf(course.monthlyMinor), currency: course.currency, ...draft };
  const [state, setState] = useState<'idle' | 'busy' | 'saved'>('idle');
  const [errors, setErrors] = useState<Partial<Record<'once' | 'month' | 'form', string>>>({});
  const form = useRef<HTMLFormElement>(null);
  const isOff = course.takenCurrencies.length === 0;
  const sold = values.once.trim() !== '' || values.month.trim() !== '';

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (state === 'busy') return;
    const read = (typed: string) => (typed.trim() === '' ? 0 : typedMinor(typed));
    const [once, month] = [read(values.once), read(values.month)];
    const found = { ...(once === null && { once: wrong(values.once) }), ...(month === null && { month: wrong(values.month) }) };
    setErrors(found);
    const currency = currencies.find((one) => one === values.currency);
    if (once === null || month === null || !currency) {
      form.current?.querySelector<HTMLElement>(`[name="${once === null ? 'once' : 'month'}"]`)?.focus();
      return;
    }
    setState('busy');
    try {
      await send({ send: () => api.setPrices.mutate({ id: course.id, once, month, currency }) });
      forget();
      setState('saved');
    } catch (error) {
      setErrors({ form: errorText(error, text, format) });
      setState('idle');
    }
  }

  /** A number it is, and too large. */
  const wrong = (typed: string) => (/^[\d\s.,]+$/.test(typed) && typed.replaceAll(/\D/g, '').length > 7 ? words.most : words.wrong);
  const set = (part: Partial<Fields>) => {
    change(part);
    setErrors({});
    setState((before) => (before === 'saved' ? 'idle' : before));
  };
  const input = (field: 'once' | 'month') => ({
    name: field,
    value: values[field],
    inputMode: 'decimal' as const,
    autoComplete: 'off',
    maxLength: 16,
    error: errors[field] && <FieldError>{errors[field]}</FieldError>,
    onChange: (event: { currentTarget: { value: string } }) => set({ [field]: event.currentTarget.value }),
  });
  return (
    <section className={classes.section} aria-labelledby="price">
      <h2 id="price">{words.title}</h2>
      <form ref={form} className={`${layout.formStack} ${classes.form} ${classes.below}`} onSubmit={submit} noValidate>
        <TextInput label={words.once(values.currency)} description={words.onceHelp} {...input('once')} />
        {(!isOff || course.monthlyMinor > 0) && (
          <TextInput label={words.month(values.currency)} description={words.monthHelp} {...input('month')} />
        )}
        <CurrencySelect label={words.currency} value={values.currency} onChange={(currency) => set({ currency })} />
        {!sold && <p className={classes.note}>{words.free}</p>}
        {sold && isOff && <NoteBox>{words.offNote}</NoteBox>}
        {sold && !isOff && !course.takenCurrencies.includes(values.currency) && (
          <NoteBox tone="warn">{words.notTaken(values.currency)}</NoteBox>
        )}
        {sold && <p className={classes.note}>{course.priceMinor + course.monthlyMinor > 0 ? words.kept : words.wasFree}</p>}
        <FormError>{errors.form}</FormError>
        <div className={classes.foot}>
          <BusyButton variant="default" busy={state === 'busy'} busyLabel={text.common.saving}>
            {text.common.save}
          </BusyButton>
          <span role="status">{state === 'saved' && words.saved}</span>
        </div>
      </form>
    </section>
  );
}
