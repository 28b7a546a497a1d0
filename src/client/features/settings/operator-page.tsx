import '@mantine/core/styles/Input.layer.css';
import { TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Link } from 'wouter';
import { OfficePage } from '#client/features/office/office-page.tsx';
import { errorText, fieldErrors } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FieldError, FormError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { Operator } from '#shared/personal-data.ts';
import classes from './operator-page.module.css';

/** Who answers for the data: what the privacy policy says of it. */
export function OperatorPage() {
  const { operator: words, scales } = useOfficeText();
  const query = trpc.settings.operator.useQuery();
  return (
    <OfficePage title={words.title} trail={[{ href: '/admin/settings', label: scales.settings }]}>
      <p className={classes.text}>{words.text}</p>
      <QueryView query={query} skeleton={<SkeletonBlock height={360} />} errorTitle={words.failed}>
        {(stored) => <OperatorForm stored={stored} />}
      </QueryView>
    </OfficePage>
  );
}

function OperatorForm({ stored }: { stored: Operator }) {
  const text = useText();
  const format = useFormat();
  const { operator: words } = useOfficeText();
  const queries = trpc.useUtils();
  const [typed, setTyped] = useState<Partial<Operator>>({});
  const values = { ...stored, ...typed };
  const save = trpc.settings.setOperator.useMutation({
    async onSuccess() {
      await queries.settings.operator.invalidate();
      await queries.people.personalData.privacyPolicy.invalidate();
      setTyped({});
    },
  });
  const problems = fieldErrors(save.error, text);
  const input = (field: keyof Operator, maxLength: number) => ({
    name: field,
    value: values[field],
    maxLength,
    error: problems[field] && <FieldError>{problems[field]}</FieldError>,
    onChange(event: { currentTarget: { value: string } }) {
      // Read now: when the update runs, the event has no target any more.
      const { value } = event.currentTarget;
      save.reset();
      setTyped((before) => ({ ...before, [field]: value }));
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (!save.isPending) save.mutate(values);
  }
  return (
    <form className={`${layout.formStack} ${classes.form}`} onSubmit={submit} noValidate>
      <TextInput label={words.name} description={words.nameHelp} {...input('name', 300)} />
      <TextInput label={words.inn} description={words.innHelp} inputMode="numeric" {...input('inn', 12)} />
      <TextInput label={words.address} {...input('address', 500)} />
      <TextInput label={words.contact} description={words.contactHelp} {...input('contact', 300)} />
      <FormError>{save.error && Object.keys(problems).length === 0 && errorText(save.error, text, format)}</FormError>
      <div className={layout.row}>
        <BusyButton busy={save.isPending} busyLabel={text.common.saving}>
          {text.common.save}
        </BusyButton>
        <span role="status">{save.isSuccess && text.common.saved}</span>
      </div>
      <Link href="/privacy">{words.open}</Link>
    </form>
  );
}
