import { IconMinus, IconX } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { say, useUndo } from '#client/features/office/undo.tsx';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Button } from '#client/ui/button.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import { Prose } from '#client/ui/prose.tsx';
import type { ClusterDto, ClusterReplyDto, ShownAnswerDto } from '#shared/clusters.ts';
import { ClusterReplyForm } from './cluster-reply-form.tsx';
import classes from './clusters.module.css';
import { answerInLine } from './clusters-view.ts';

interface ClusterRowProps {
  taskId: string;
  cluster: ClusterDto;
  /** Students who answered the task at all. */
  of: number;
  onChanged: () => Promise<unknown>;
}

/** One wrong answer: how many gave it, and what is said to them. */
export function ClusterRow({ taskId, cluster, of, onChanged }: ClusterRowProps) {
  const { clusters: words } = useOfficeText();
  const format = useFormat();
  const id = useId();
  const [writing, setWriting] = useState(false);
  const { answer, students, verdict, reply } = cluster;
  const share = of > 0 ? Math.min(1, students / of) : 0;
  const Cross = verdict === 'partly' ? IconMinus : IconX;
  return (
    <li className={classes.row} aria-labelledby={id}>
      <div className={classes.top}>
        <div id={id} className={classes.answer}>
          <Cross size={16} stroke={2.5} color={verdict === 'partly' ? 'var(--partly)' : 'var(--wrong)'} aria-hidden />
          <Answer answer={answer} />
          {verdict === 'partly' && <span className={classes.dim}>{words.partly}</span>}
        </div>
        <span className={classes.count}>
          <b>{words.share(format.number(students), format.number(Math.max(of, students)), format.percent(share))}</b>
          <span className={classes.dim}>{words.lastAt(format.ago(cluster.lastAt))}</span>
        </span>
      </div>
      <div className={classes.track} aria-hidden="true">
        <div className={classes.fill} style={{ width: `${share * 100}%` }} />
      </div>
      {writing ? (
        <ClusterReplyForm
          taskId={taskId}
          cluster={cluster}
          onChanged={onChanged}
          onClose={(saved) => {
            setWriting(false);
            if (saved) say(words.reply.saved);
          }}
        />
      ) : reply ? (
        <Reply taskId={taskId} cluster={cluster} reply={reply} onEdit={() => setWriting(true)} onChanged={onChanged} />
      ) : (
        <Button variant="subtle" size="sm" className={classes.write} onClick={() => setWriting(true)} aria-describedby={id}>
          {words.reply.write}
        </Button>
      )}
    </li>
  );
}

function Answer({ answer }: { answer: ShownAnswerDto }) {
  const { clusters: words } = useOfficeText();
  if (answer.kind === 'text') return answer.text === '' ? <span className={classes.dim}>{words.empty}</span> : <b>{answer.text}</b>;
  return (
    <ul className={classes.chosen}>
      {answer.chosen.map(({ place, html }) => (
        <li key={place}>
          {place}) <Prose html={html} size="inline" line />
        </li>
      ))}
    </ul>
  );
}

interface ReplyProps {
  taskId: string;
  cluster: ClusterDto;
  reply: ClusterReplyDto;
  onEdit: () => void;
  onChanged: () => Promise<unknown>;
}

function Reply({ taskId, cluster, reply, onEdit, onChanged }: ReplyProps) {
  const { clusters: words } = useOfficeText();
  const text = useText();
  const format = useFormat();
  const undo = useUndo();
  const key = { taskId, hash: cluster.hash };
  const put = trpc.tasks.clusters.reply.useMutation();
  const remove = trpc.tasks.clusters.removeReply.useMutation({
    async onSuccess({ body }) {
      await onChanged();
      if (body === null) return;
      undo({
        message: words.reply.removed,
        async undo() {
          await put.mutateAsync({ ...key, body, base: null });
          await onChanged();
        },
      });
    },
  });
  const name = answerInLine(cluster.answer) || words.empty;
  return (
    <section className={classes.reply} aria-label={words.reply.of(name)}>
      <Prose html={reply.html} size="plain" />
      <div className={classes.replyFoot}>
        <span className={classes.dim}>
          {reply.authorName === null
            ? format.dateTime(reply.updatedAt)
            : words.reply.by(reply.authorName, format.dateTime(reply.updatedAt))}
        </span>
        <Button variant="subtle" size="sm" onClick={onEdit}>
          {words.reply.edit}
        </Button>
        <Button variant="subtle" size="sm" aria-disabled={remove.isPending} onClick={() => !remove.isPending && remove.mutate(key)}>
          {words.reply.remove}
        </Button>
      </div>
      <FormError>{remove.error && errorText(remove.error, text, format)}</FormError>
    </section>
  );
}
