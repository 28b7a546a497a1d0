import '@mantine/core/styles/Input.layer.css';
import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useDraft } from '#client/lib/draft.ts';
import { errorText, fieldErrors } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { usePersonId } from '#client/lib/person.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { FieldError, FormError } from '#client/ui/field-error.tsx';
import classes from './composer.module.css';
import type { NewsDraft } from './use-news-draft.ts';

interface Checked {
  found: number;
  unknown: string[];
  unknownMore: number;
}

interface AudienceListProps {
  draft: NewsDraft;
  /** It was to be sent, and nobody stands in it. */
  wrong: boolean;
  onChanged: () => void;
}

/** One's own list: pasted as it is, and told who of it is found. */
export function AudienceList({ draft, wrong, onChanged }: AudienceListProps) {
  const { editor: words } = useOfficeText().news;
  const text = useText();
  const format = useFormat();
  const api = trpc.useUtils().client.news.office;
  const listed = draft.post?.listed ?? 0;
  const { draft: typed, change, forget } = useDraft(`news.list.${usePersonId()}.${draft.id}`, { list: '' });
  const [replacing, replace] = useState(typed.list !== '');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [checked, setChecked] = useState<Checked | null>(null);
  const [missing, setMissing] = useState(false);
  const open = listed === 0 || replacing;
  const refused = error === null ? undefined : fieldErrors(error, text).text;

  async function check() {
    setChecked(null);
    setError(null);
    setMissing(typed.list.trim() === '');
    if (typed.list.trim() === '') return;
    setBusy(true);
    try {
      if (!(await draft.flush())) return setError(new Error());
      const found = await api.setList.mutate({ id: draft.id, text: typed.list });
      setChecked(found);
      draft.take(await api.get.query({ id: draft.id }));
      onChanged();
      if (found.found > 0) {
        replace(false);
        change({ list: '' });
        forget();
      }
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  }

  const problem = refused ?? (missing || (wrong && listed === 0) ? words.listEmpty : checked?.found === 0 ? words.listNobody : null);
  return (
    <div className={classes.part}>
      {open ? (
        <>
          <Textarea
            id="news-list"
            label={words.listLabel}
            description={words.listHelp}
            rows={5}
            spellCheck={false}
            autoComplete="off"
            value={typed.list}
            error={problem && <FieldError>{problem}</FieldError>}
            onChange={(event) => {
              setMissing(false);
              change({ list: event.currentTarget.value });
            }}
          />
          <div className={classes.buttons}>
            <BusyButton type="button" size="sm" variant="default" busy={busy} busyLabel={words.listChecking} onClick={() => void check()}>
              {words.listCheck}
            </BusyButton>
            {listed > 0 && (
              <Button size="sm" variant="subtle" onClick={() => replace(false)}>
                {words.listKeep}
              </Button>
            )}
          </div>
        </>
      ) : (
        <div className={classes.buttons}>
          <span>{words.listed(listed)}</span>
          <Button id="news-list" size="sm" variant="default" onClick={() => replace(true)}>
            {words.listReplace}
          </Button>
        </div>
      )}
      <div role="status">{checked && <Found checked={checked} />}</div>
      <FormError>
        {error !== null && !refused && (draft.state.status === 'saved' ? errorText(error, text, format) : words.notSavedYet)}
      </FormError>
    </div>
  );
}

function Found({ checked: { found, unknown, unknownMore } }: { checked: Checked }) {
  const { editor: words } = useOfficeText().news;
  return (
    <div className={classes.found}>
      {found > 0 && <p>{words.listFound(found)}</p>}
      {unknown.length > 0 && (
        <details open={unknown.length <= 5}>
          <summary>{words.listUnknown(unknown.length + unknownMore)}</summary>
          <ul>
            {unknown.map((one) => (
              <li key={one}>{one}</li>
            ))}
            {unknownMore > 0 && <li>{words.listMore(unknownMore)}</li>}
          </ul>
        </details>
      )}
    </div>
  );
}
