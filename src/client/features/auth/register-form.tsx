import '@mantine/core/styles/Input.layer.css';
import { TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { useAccountText } from '#client/lib/account-text.ts';
import { useDraft } from '#client/lib/draft.ts';
import { appError, errorText, fieldErrors } from '#client/lib/errors.ts';
import { ownTimeZone, useFormat, useLocale, useText } from '#client/lib/i18n.tsx';
import { useSite } from '#client/lib/me.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FieldError, FormError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import type { CodeFlowDto } from '#shared/auth.ts';
import classes from './auth.module.css';
import { ConsentField } from './consent-field.tsx';
import { EmailField } from './email-field.tsx';
import { type RegisterDraft, type RegisterField, registerFields, registerProblems } from './register-rules.ts';

const empty: RegisterDraft = { email: '', firstName: '', lastName: '', phone: '' };
type Errors = Partial<Record<RegisterField, string>>;

export function RegisterForm({ onSent }: { onSent: (flow: CodeFlowDto) => void }) {
  const text = useText();
  const account = useAccountText();
  const format = useFormat();
  const locale = useLocale();
  const site = useSite();
  const queries = trpc.useUtils();
  const { draft, change, forget } = useDraft('register', empty);
  // Consent is given anew each time, so it is the one thing a reload does not keep.
  const [consent, setConsent] = useState(false);
  const [errors, setErrors] = useState<Errors>({});
  const [noSite, setNoSite] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  const register = trpc.auth.register.useMutation({
    onSuccess(flow) {
      forget();
      onSent(flow);
    },
    onError(error) {
      const refused = fieldErrors(error, text);
      show(refused);
      if (appError(error)?.issues?.some((issue) => issue.code === 'consent-outdated')) {
        setConsent(false);
        void queries.settings.site.invalidate();
        void queries.people.consentText.invalidate();
      }
    },
  });

  function show(found: Errors) {
    setErrors(found);
    const first = registerFields.find((field) => found[field]);
    if (first) form.current?.querySelector<HTMLInputElement>(`#${first}`)?.focus();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (register.isPending) return;
    const problems = registerProblems(draft, consent);
    show(Object.fromEntries(Object.entries(problems).map(([field, code]) => [field, text.errors.field[code]])));
    if (Object.keys(problems).length > 0) return;
    // Consent is given to an edition; without knowing which there is nothing to send.
    setNoSite(!site);
    if (!site) return void queries.settings.site.refetch();
    register.mutate({ ...draft, consentVersion: site.consentVersion, timeZone: ownTimeZone(), locale });
  }

  const set = (field: keyof RegisterDraft) => (value: string) => {
    change({ [field]: value });
    setErrors((before) => ({ ...before, [field]: undefined }));
  };
  const input = (field: Exclude<keyof RegisterDraft, 'email'>) => ({
    id: field,
    name: field,
    value: draft[field],
    error: errors[field] && <FieldError>{errors[field]}</FieldError>,
    onChange: (event: { currentTarget: { value: string } }) => set(field)(event.currentTarget.value),
  });
  const atFields = register.error !== null && Object.keys(fieldErrors(register.error, text)).length > 0;
  const { field, register: words } = account.auth;
  const phoneLabel = (
    <>
      {field.phone} <span className={classes.optional}>{field.optional}</span>
    </>
  );
  return (
    <form ref={form} className={`${layout.formStack} ${classes.form}`} onSubmit={submit} noValidate>
      <EmailField value={draft.email} onChange={set('email')} error={errors.email} />
      <TextInput label={field.firstName} autoComplete="given-name" {...input('firstName')} />
      <TextInput label={field.lastName} autoComplete="family-name" {...input('lastName')} />
      <TextInput
        label={phoneLabel}
        type="tel"
        autoComplete="tel"
        placeholder="+7 900 000-00-00"
        description={words.phoneHelp}
        {...input('phone')}
      />
      <ConsentField
        checked={consent}
        version={site?.consentVersion}
        error={errors.consentVersion}
        onChange={(checked) => {
          setConsent(checked);
          setErrors((before) => ({ ...before, consentVersion: undefined }));
        }}
      />
      <FormError>
        {noSite && !site ? text.common.error.noNetwork : register.error && !atFields && errorText(register.error, text, format)}
      </FormError>
      <BusyButton size="lg" fullWidth busy={register.isPending} busyLabel={account.auth.sending}>
        {account.auth.getCode}
      </BusyButton>
    </form>
  );
}
