import { useState } from 'react';
import { appError, errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import { CountWords } from './audience-line.tsx';
import classes from './composer.module.css';
import { type AudienceCount, reachedOf } from './use-audience-count.ts';
import { useAudienceWords } from './use-audience-words.ts';
import type { NewsDraft } from './use-news-draft.ts';

interface SendDialogProps {
  draft: NewsDraft;
  audience: AudienceCount;
  /** Null: now. */
  at: string | null;
  onClose: () => void;
  onSent: () => void;
}

/** Asked once before it goes to people: whom, how many, where, when. What is shown is what is agreed to. */
export function SendDialog({ draft, audience, at, onClose, onSent }: SendDialogProps) {
  const { news } = useOfficeText();
  const { ask: words, editor } = news;
  const text = useText();
  const format = useFormat();
  const utils = trpc.useUtils();
  const api = utils.client.news.office;
  const whom = useAudienceWords();
  const { id, fields } = draft;
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  /** The server counted another number than the one that was agreed to. */
  const [recounted, recount] = useState<number | null>(null);
  const count = audience.count ?? audience.before;
  const number = recounted ?? (count ? reachedOf(count) : null);

  /** Has it gone out, though no answer to that came? */
  async function isGone(): Promise<boolean> {
    const now = await api.get.query({ id });
    if (now.state === 'draft') return false;
    draft.take(now);
    return true;
  }

  async function send() {
    if (busy || number === null) return;
    setBusy(true);
    setProblem(null);
    try {
      if (!(tried && (await isGone()))) {
        setTried(true);
        draft.take(await api.send.mutate({ id, rev: draft.rev(), at, expected: number }));
      }
      void utils.news.office.list.invalidate();
      void utils.news.office.progress.invalidate({ id });
      onSent();
    } catch (error) {
      const refusal = appError(error);
      if (refusal?.code === 'NEWS_AUDIENCE_CHANGED') {
        recount(refusal.data.recipients);
        setProblem(words.changed(number, news.count.students(refusal.data.recipients)));
        audience.again();
      } else if (refusal?.code === 'NEWS_CONFLICT') {
        await draft.meet().catch(() => undefined);
        onClose();
      } else if (refusal?.code === 'NEWS_STATE' && (await isGone().catch(() => false))) {
        onSent();
      } else {
        setProblem(errorText(error, text, format));
      }
      setBusy(false);
    }
  }

  const channels = (['site', 'telegram', 'email'] as const).flatMap((one) => (fields[one] ? [editor[one]] : [])).join(', ');
  return (
    <Dialog title={at === null ? words.title : words.titleLater} small onClose={onClose}>
      <dl className={classes.facts}>
        <dt>{editor.heading}</dt>
        <dd>{fields.title}</dd>
        <dt>{words.whom}</dt>
        <dd>{whom(fields)}</dd>
        <dt>{words.count}</dt>
        <dd>{recounted !== null ? <b>{news.count.students(recounted)}</b> : count ? <CountWords count={count} /> : news.count.loading}</dd>
        <dt>{words.channels}</dt>
        <dd>{channels}</dd>
        <dt>{words.when}</dt>
        <dd>{at === null ? words.now : format.schoolTime(at)}</dd>
      </dl>
      <p className={classes.askNote}>
        {words.quiet} {words.noUndo}
      </p>
      <FormError>{problem}</FormError>
      <div className={classes.askFoot}>
        <BusyButton
          type="button"
          busy={busy}
          busyLabel={at === null ? words.sending : words.scheduling}
          unavailable={number === null}
          onClick={() => void send()}
        >
          {number === null ? news.count.loading : at === null ? editor.send(number) : editor.schedule(number)}
        </BusyButton>
        <Button variant="default" onClick={onClose}>
          {words.back}
        </Button>
      </div>
    </Dialog>
  );
}
