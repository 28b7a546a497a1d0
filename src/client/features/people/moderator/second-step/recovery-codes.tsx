import { useEffect, useRef } from 'react';
import { useOfficeText } from '#client/lib/office-text.ts';
import { Button, buttonLook } from '#client/ui/button.tsx';
import profile from '../moderator-profile.module.css';
import classes from './second-step.module.css';

interface RecoveryCodesProps {
  codes: string[];
  email: string;
  onSaved: () => void;
}

/** Shown this once: the school itself does not know them any more. */
export function RecoveryCodes({ codes, email, onSaved }: RecoveryCodesProps) {
  const { codes: words } = useOfficeText().profile.secondStep;
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  // Line ends that every editor of every system shows.
  const file = [`${words.title}: ${window.location.host}, ${email}`, '', ...codes, ''].join('\r\n');
  return (
    <div className={profile.form}>
      <div className={classes.sheet}>
        <h3 ref={title} tabIndex={-1}>
          {words.title}
        </h3>
        <p className={classes.whose}>
          {window.location.host}, {email}
        </p>
        <p className={profile.note}>{words.text}</p>
        <ul className={classes.codes}>
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ul>
      </div>
      <div className={classes.foot}>
        <a
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(file)}`}
          download={words.fileName}
          {...buttonLook({ variant: 'default' })}
        >
          {words.download}
        </a>
        <Button variant="default" onClick={() => window.print()}>
          {words.print}
        </Button>
      </div>
      <Button className={classes.saved} onClick={onSaved}>
        {words.saved}
      </Button>
    </div>
  );
}
