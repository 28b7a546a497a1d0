import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Input.layer.css';
import '@mantine/core/styles/Radio.layer.css';
import { NativeSelect, Radio, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { say } from '#client/features/office/undo.tsx';
import { useDraft } from '#client/lib/draft.ts';
import { appError, errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useSite } from '#client/lib/me.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { FieldError, FormError } from '#client/ui/field-error.tsx';
import { setTitle } from '#shared/i18n/set-title.ts';
import { type PromoRowDto, promoNoteLimit } from '#shared/payments-office.ts';
import { CurrencySelect } from './currency-select.tsx';
import shared from './payments.module.css';
import classes from './promo.module.css';
import { discountOf, emptyPromo, fieldsOf, type PromoField, type PromoFields, readPromo } from './promo-form.ts';
import { PromoPreview } from './promo-preview.tsx';

/** A new code, or another discount of one that is there. What is typed survives a reload. */
export function PromoDialog({ row, onClose }: { row: PromoRowDto | null; onClose: () => void }) {
  const { payments } = useOfficeText();
  const { dialog: words } = payments.promo;
  const text = useText();
  const format = useFormat();
  const zone = useSite()?.timeZone ?? 'Europe/Moscow';
  const utils = trpc.useUtils();
  const choices = trpc.people.students.courseChoices.useQuery();
  const { draft, change, forget } = useDraft<Partial<PromoFields>>(`promo.${row?.id ?? 'new'}`, {});
  const values: PromoFields = { ...(row ? fieldsOf(row, zone, format.locale) : emptyPromo), ...draft };
  const [errors, setErrors] = useState<Partial<Record<PromoField | 'form', string>>>({});
  const form = useRef<HTMLFormElement>(null);
  const done = async ({ code }: PromoRowDto) => {
    forget();
    onClose();
    say(row ? words.saved(code) : words.created(code));
    await utils.payments.office.promo.list.invalidate();
  };
  const onError = (error: unknown) => {
    const said = errorText(error, text, format);
    show(appError(error)?.code === 'PROMO_TAKEN' ? { code: said } : { form: said });
  };
  const create = trpc.payments.office.promo.create.useMutation({ onSuccess: done, onError });
  const update = trpc.payments.office.promo.update.useMutation({ onSuccess: done, onError });
  const busy = create.isPending || update.isPending;

  function show(found: typeof errors) {
    setErrors(found);
    const first = Object.keys(emptyPromo).find((field) => field in found);
    if (first) form.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    const read = readPromo(values, zone);
    if ('problems' in read) {
      show(Object.fromEntries(Object.entries(read.problems).map(([field, problem]) => [field, words[problem]])));
      return;
    }
    setErrors({});
    const { code, ...fields } = read.input;
    if (row) update.mutate({ id: row.id, ...fields });
    else create.mutate({ code, ...fields });
  }

  const set = (field: PromoField, value: string) => {
    change({ [field]: value });
    setErrors((before) => ({ ...before, [field]: undefined, form: undefined }));
  };
  const input = (field: PromoField) => ({
    name: field,
    value: values[field],
    autoComplete: 'off',
    error: errors[field] && <FieldError>{errors[field]}</FieldError>,
    onChange: (event: { currentTarget: { value: string } }) => set(field, event.currentTarget.value),
  });
  const courses = (choices.data ?? []).map(({ id, title, published }) => ({
    value: id,
    label: published ? setTitle(title) : payments.list.draft(setTitle(title)),
  }));
  // A code may be of a course that was put away.
  if (row?.course && !courses.some(({ value }) => value === row.course?.id))
    courses.push({ value: row.course.id, label: setTitle(row.course.title) });
  const discount = discountOf(values);
  return (
    <Dialog title={row ? words.edit(row.code) : words.new} onClose={onClose}>
      <form ref={form} className={shared.form} onSubmit={submit} noValidate>
        {row ? (
          <p className={shared.small}>{words.codeFixed}</p>
        ) : (
          <TextInput label={words.code} description={words.codeHelp} maxLength={60} spellCheck={false} {...input('code')} />
        )}
        <Radio.Group label={words.kind} value={values.kind} onChange={(kind) => set('kind', kind)}>
          <div className={classes.choices}>
            <Radio value="percent" label={words.percent} />
            <Radio value="amount" label={words.amount} />
          </div>
        </Radio.Group>
        {values.kind === 'percent' ? (
          <TextInput label={words.percentLabel} inputMode="numeric" maxLength={3} {...input('percent')} />
        ) : (
          <div className={classes.two}>
            <TextInput label={words.amountLabel} inputMode="decimal" maxLength={16} {...input('amount')} />
            <CurrencySelect label={words.currency} value={values.currency} onChange={(currency) => set('currency', currency)} />
          </div>
        )}
        <NativeSelect
          label={words.course}
          value={values.courseId}
          onChange={(event) => set('courseId', event.currentTarget.value)}
          data={[{ value: '', label: words.anyCourse }, ...courses]}
        />
        {discount && <PromoPreview discount={discount} courseId={values.courseId} />}
        <div className={classes.two}>
          <TextInput type="date" min="2000-01-01" max="2199-12-31" label={words.from} {...input('from')} />
          <TextInput type="date" min="2000-01-01" max="2199-12-31" label={words.until} {...input('until')} />
        </div>
        <div className={classes.two}>
          <TextInput label={words.limit} description={words.limitHelp} inputMode="numeric" maxLength={9} {...input('limit')} />
          <TextInput label={words.perPerson} inputMode="numeric" maxLength={3} {...input('perPerson')} />
        </div>
        <TextInput label={words.note} maxLength={promoNoteLimit} {...input('note')} />
        <FormError>{errors.form}</FormError>
        <div className={shared.buttons}>
          <BusyButton busy={busy} busyLabel={row ? text.common.saving : words.creating}>
            {row ? text.common.save : words.create}
          </BusyButton>
          <Button
            variant="subtle"
            onClick={() => {
              forget();
              onClose();
            }}
          >
            {text.common.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
