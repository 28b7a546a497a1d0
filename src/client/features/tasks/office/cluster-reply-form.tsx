import { useId, useState } from 'react';
import { useDraft } from '#client/lib/draft.ts';
import { appError, errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import { NoteBox } from '#client/ui/note-box.tsx';
import { Prose } from '#client/ui/prose.tsx';
import { type ClusterDto, replyLimit } from '#shared/clusters.ts';
import classes from './clusters.module.css';
import { answerInLine } from './clusters-view.ts';
import { useReplyPreview } from './use-reply-preview.ts';

interface ClusterReplyFormProps {
  taskId: string;
  cluster: ClusterDto;
  /** Reads the list again. */
  onChanged: () => Promise<unknown>;
  onClose: (saved: boolean) => void;
}

/** What is said to everybody who answered so. What is being typed survives a reload, and a colleague who was quicker. */
export function ClusterReplyForm({ taskId, cluster, onChanged, onClose }: ClusterReplyFormProps) {
  const { clusters } = useOfficeText();
  const words = clusters.reply;
  const text = useText();
  const format = useFormat();
  const id = useId();
  const { reply, hash } = cluster;
  const stands = reply?.updatedAt ?? null;
  const kept = useDraft(`reply.${taskId}.${hash}`, { body: reply?.body ?? '', base: stands });
  const { body, base } = kept.draft;
  const [asked, setAsked] = useState(false);
  const preview = useReplyPreview(taskId, body);
  const save = trpc.tasks.clusters.reply.useMutation({
    async onSuccess() {
      kept.forget();
      await onChanged();
      onClose(true);
    },
    // Theirs is read before it is spoken of.
    onError: async (error) => void (appError(error)?.code === 'REPLIES_CONFLICT' && (await onChanged())),
  });
  const problem = body.trim() === '' ? text.errors.field.required : body.trim().length > replyLimit ? words.tooLong(replyLimit) : null;
  const conflict = base !== stands && !save.isPending && !save.isSuccess;
  const close = () => {
    kept.forget();
    onClose(false);
  };
  const send = (over: string | null) => {
    setAsked(true);
    if (problem || save.isPending) return;
    kept.change({ base: over });
    save.mutate({ taskId, hash, body: body.trim(), base: over });
  };
  const failed = save.error && appError(save.error)?.code !== 'REPLIES_CONFLICT' ? errorText(save.error, text, format) : null;
  return (
    <form
      className={classes.form}
      aria-label={words.of(answerInLine(cluster.answer) || clusters.empty)}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!conflict) send(base);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
      }}
    >
      {conflict && (
        <NoteBox tone="warn" role="status">
          <p>{reply ? words.conflict : words.conflictGone}</p>
          {reply && <Prose html={reply.html} size="inline" className={classes.theirs} />}
          <div className={classes.buttons}>
            <Button size="sm" onClick={() => send(stands)}>
              {words.overrule}
            </Button>
            <Button size="sm" variant="default" onClick={close}>
              {words.takeTheirs}
            </Button>
          </div>
        </NoteBox>
      )}
      <label className={classes.label} htmlFor={id}>
        {words.label}
      </label>
      <textarea
        id={id}
        className={classes.field}
        rows={4}
        // biome-ignore lint/a11y/noAutofocus: the button that opened the form is gone
        autoFocus
        value={body}
        onChange={(event) => kept.change({ body: event.currentTarget.value })}
        aria-describedby={`${id}-help ${id}-problem`}
        aria-invalid={(asked && problem !== null) || undefined}
      />
      <p id={`${id}-help`} className={classes.dim}>
        {words.help}
      </p>
      <section className={classes.preview} aria-label={words.preview}>
        <p className={classes.dim}>{preview.failed ? words.previewFailed : words.preview}</p>
        {body.trim() === '' ? <p className={classes.dim}>{words.previewEmpty}</p> : <Prose html={preview.html} size="inline" />}
      </section>
      <div id={`${id}-problem`}>
        <FormError>{(asked ? problem : null) ?? failed}</FormError>
      </div>
      {!conflict && (
        <div className={classes.buttons}>
          <BusyButton size="sm" busy={save.isPending} busyLabel={words.saving}>
            {words.save}
          </BusyButton>
          <Button size="sm" variant="default" onClick={close}>
            {text.common.cancel}
          </Button>
        </div>
      )}
    </form>
  );
}
