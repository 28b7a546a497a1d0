import { useState } from 'react';
import { Link } from 'wouter';
import { useAccountText } from '#client/lib/account-text.ts';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useLocale, useText } from '#client/lib/i18n.tsx';
import { useMe } from '#client/lib/me.ts';
import { usePageTitle } from '#client/lib/page.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import { NoteBox } from '#client/ui/note-box.tsx';
import type { EraseFlowDto } from '#shared/personal-data.ts';
import { eraseAfterDays, personalDataPath } from '#shared/personal-data-rules.ts';
import { CloseForm } from './close-form.tsx';
import classes from './personal-data.module.css';

/** What goes, what stays and why, before anything is asked; then the code from the letter. */
export function DeletePage() {
  const text = useText();
  const format = useFormat();
  const locale = useLocale();
  const { erase: words } = useAccountText().personalData;
  const me = useMe();
  const [flow, setFlow] = useState<EraseFlowDto | null>(null);
  const ask = trpc.people.personalData.askToErase.useMutation({ onSuccess: setFlow });
  usePageTitle(words.title);
  const askAgain = () => ask.mutate({ locale });
  return (
    <div className={layout.wrap}>
      <div className={classes.page}>
        <h1>{words.title}</h1>
        <h2>{words.goesTitle}</h2>
        <List items={words.goes} />
        <h2>{words.staysTitle}</h2>
        <List items={words.stays} />
        <h2>{words.whenTitle}</h2>
        <p className={classes.text}>{words.when(eraseAfterDays)}</p>
        {me?.payments && <NoteBox tone="warn">{words.paid}</NoteBox>}
        <p className={classes.text}>
          <a href={personalDataPath} download>
            {words.archiveFirst}
          </a>
        </p>
        {flow ? (
          <CloseForm key={flow.token} flow={flow} asking={ask.isPending} onAskAgain={askAgain} />
        ) : (
          <div className={classes.actions}>
            <BusyButton type="button" busy={ask.isPending} busyLabel={words.asking} onClick={askAgain}>
              {words.ask}
            </BusyButton>
            <Link href="/profile/data">{words.back}</Link>
          </div>
        )}
        <FormError>{ask.error && errorText(ask.error, text, format)}</FormError>
      </div>
    </div>
  );
}

function List({ items }: { items: readonly string[] }) {
  return (
    <ul className={classes.list}>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );
}
