import '@mantine/core/styles/Input.layer.css';
import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Checkbox.layer.css';
import { Checkbox } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useAccountText } from '#client/lib/account-text.ts';
import { useLocale } from '#client/lib/i18n.tsx';
import { FieldError } from '#client/ui/field-error.tsx';
import classes from './auth.module.css';
import { editionDate } from './edition-date.ts';

const ConsentDialog = lazy(() => import('./consent-dialog.tsx').then((file) => ({ default: file.ConsentDialog })));

interface ConsentFieldProps {
  checked: boolean;
  /** Edition of the text; undefined while it is not known. */
  version: string | undefined;
  error: string | undefined;
  onChange: (checked: boolean) => void;
}

/** Unticked, apart from everything else, with its edition and its text at hand. */
export function ConsentField({ checked, version, error, onChange }: ConsentFieldProps) {
  const { register } = useAccountText().auth;
  const locale = useLocale();
  const [reading, setReading] = useState(false);
  const description = (
    <span className={classes.consentText}>
      {version && `${register.consentEdition(editionDate(version, locale))}. `}
      <button type="button" className={classes.textButton} onClick={() => setReading(true)}>
        {register.consentRead}
      </button>
    </span>
  );
  return (
    <div>
      <Checkbox
        id="consentVersion"
        size="sm"
        radius="sm"
        label={register.consent}
        checked={checked}
        error={error && <FieldError>{error}</FieldError>}
        onChange={(event) => onChange(event.currentTarget.checked)}
        classNames={{ label: classes.consentLabel }}
        description={description}
      />
      {reading && (
        <Suspense fallback={null}>
          <ConsentDialog onClose={() => setReading(false)} />
        </Suspense>
      )}
    </div>
  );
}
