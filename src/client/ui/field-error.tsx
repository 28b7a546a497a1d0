import { IconAlertCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './field-error.module.css';
import { icon } from './icon.ts';

/** Text of a field's error with its sign: `<TextInput error={problem && <FieldError>{problem}</FieldError>} />`. */
export function FieldError({ children }: { children: ReactNode }) {
  return (
    <span className={classes.error}>
      <IconAlertCircle {...icon.sm} />
      <span>{children}</span>
    </span>
  );
}

/** What is wrong with the whole: beside the button that was pressed. Rendered empty too, so that its text is read when it comes. */
export function FormError({ children }: { children: ReactNode }) {
  return (
    <div role="alert" className={classes.slot}>
      {children && (
        <p className={`${classes.error} ${classes.form}`}>
          <IconAlertCircle {...icon.sm} />
          <span>{children}</span>
        </p>
      )}
    </div>
  );
}
