import { useState } from 'react';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { serverNow } from '#client/lib/now.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import classes from './composer.module.css';
import { type NewsProblem, problemsOf } from './news-fields.ts';
import { SendDialog } from './send-dialog.tsx';
import { type SendTime, sendAtOf } from './send-time.ts';
import { type AudienceCount, reachedOf } from './use-audience-count.ts';
import type { NewsDraft } from './use-news-draft.ts';
import type { NewsPictures } from './use-news-pictures.ts';
import { useSchoolZone } from './when-fields.tsx';

interface SendBarProps {
  draft: NewsDraft;
  pictures: NewsPictures;
  audience: AudienceCount;
  when: SendTime;
  onProblems: (problems: NewsProblem[], time: 'wrong' | 'past' | null) => void;
}

type Deed = 'send' | 'test';

/** «Отправить 10 412 ученикам» and «Прислать мне»: both only of what the server has. */
export function SendBar({ draft, pictures, audience, when, onProblems }: SendBarProps) {
  const { editor: words, ask } = useOfficeText().news;
  const text = useText();
  const format = useFormat();
  const api = trpc.useUtils().client.news.office;
  const zone = useSchoolZone();
  const [busy, setBusy] = useState<Deed | null>(null);
  const [asked, setAsked] = useState<{ at: string | null } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);

  /** Is all of it there and on the server? What is missing is told beside its field. */
  async function ready(deed: Deed, found: NewsProblem[], time: 'wrong' | 'past' | null): Promise<boolean> {
    onProblems(found, time);
    setProblem(null);
    setDone(null);
    if (found.length > 0 || time) {
      setProblem(words.incomplete);
      document.getElementById(`news-${found[0] ?? 'when'}`)?.focus();
      return false;
    }
    const obstacle = draft.state.theirs ? words.compareFirst : pictures.busy ? words.uploading : null;
    setProblem(obstacle);
    if (obstacle) return false;
    setBusy(deed);
    const saved = await draft.flush();
    if (saved) await pictures.flush();
    else setProblem(words.notSavedYet);
    return saved;
  }

  async function doing(deed: Deed, act: () => Promise<void>) {
    if (busy) return;
    try {
      await act();
    } catch (error) {
      setProblem(errorText(error, text, format));
    } finally {
      setBusy((now) => (now === deed ? null : now));
    }
  }

  const send = () =>
    doing('send', async () => {
      const time = sendAtOf(when, zone, serverNow());
      const found = problemsOf(draft.fields, draft.post?.listed ?? 0);
      if ((await ready('send', found, 'problem' in time ? time.problem : null)) && 'at' in time) setAsked(time);
    });

  const test = () =>
    doing('test', async () => {
      // To whom and when does not matter for one's own copy.
      const found = problemsOf({ ...draft.fields, audience: 'all' }, 0);
      if (!(await ready('test', found, null))) return;
      const { telegram, email } = await api.test.mutate({ id: draft.id });
      if (telegram && email) setDone(words.testedBoth);
      else setDone(telegram ? words.testedTelegram : email ? words.testedEmail : words.testedNowhere);
    });

  const count = audience.count ?? audience.before;
  const number = count ? reachedOf(count) : null;
  const label = !number ? words.sendNobody : when.later ? words.schedule(number) : words.send(number);
  return (
    <div className={classes.foot}>
      <div className={classes.buttons}>
        <BusyButton type="button" busy={busy === 'send'} busyLabel={ask.sending} onClick={() => void send()}>
          {label}
        </BusyButton>
        <BusyButton type="button" variant="default" busy={busy === 'test'} busyLabel={words.testing} onClick={() => void test()}>
          {words.test}
        </BusyButton>
      </div>
      <p className={classes.status} role="status">
        {done}
      </p>
      <FormError>{problem}</FormError>
      {asked && <SendDialog draft={draft} audience={audience} at={asked.at} onClose={() => setAsked(null)} onSent={() => setAsked(null)} />}
    </div>
  );
}
