import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { goToAnchor } from '#client/lib/navigation.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import { Prose } from '#client/ui/prose.tsx';
import { Verdict, type VerdictState } from '#client/ui/verdict.tsx';
import type { WorkDto } from '#shared/reviews.ts';
import type { AnswerFormatDto } from '#shared/tasks.ts';
import classes from './long-answer.module.css';
import { LongAnswerFiles } from './long-answer-files.tsx';
import { useSeen } from './use-seen.ts';
import { showWorks, useWorkDrafts } from './use-work-drafts.ts';

interface LongAnswerWorkProps {
  taskId: string;
  criteria: Extract<AnswerFormatDto, { kind: 'long' }>['criteria'];
  work: WorkDto;
  /** Of the headings inside. */
  level?: 4 | 5;
  /** False: a teacher looks at a student's. */
  own?: boolean;
}

/** A work that was handed in, and what a teacher says of it. */
export function LongAnswerWork({ taskId, criteria, work, level = 5, own = true }: LongAnswerWorkProps) {
  const Title = `h${level}` as const;
  const text = useText().tasks.long;
  const seen = useSeen(work);
  const max = criteria.reduce((sum, criterion) => sum + criterion.max, 0);
  const { scores } = work;
  return (
    <div ref={seen} className={classes.part}>
      <WorkState work={work} max={max} />
      {work.mayWithdraw && <Withdraw taskId={taskId} workId={work.id} />}
      {scores && (
        <ul className={`${classes.criteria} ${classes.scores}`} aria-label={text.criteria}>
          {criteria.map(({ id, html, max: of }) => (
            <li key={id}>
              <b>{id}</b>
              <Prose html={html} size="inline" line className={classes.criterion} />
              <span className={classes.got}>{text.got(scores[id] ?? 0, of)}</span>
            </li>
          ))}
        </ul>
      )}
      {work.remarkHtml !== '' && (
        <div className={classes.remark}>
          <Title className={classes.title}>{text.remark}</Title>
          <Prose html={work.remarkHtml} size="plain" />
        </div>
      )}
      <WorkText work={work} level={level} own={own} />
      {work.files.length > 0 && <LongAnswerFiles files={work.files} />}
    </div>
  );
}

function WorkState({ work, max }: { work: WorkDto; max: number }) {
  const text = useText().tasks.long;
  const format = useFormat();
  const handedIn = text.handedIn(format.dateTime(work.handedInAt));
  const decidedAt = work.decidedAt && format.dateTime(work.decidedAt);
  switch (work.state) {
    case 'waiting':
      return (
        <Verdict state="pending" title={work.held ? text.held : text.waiting}>
          {handedIn}
        </Verdict>
      );
    case 'returned':
      return (
        <Verdict state="repeat" title={text.returned}>
          {decidedAt && text.lookedAt(decidedAt)}
        </Verdict>
      );
    case 'accepted': {
      const points = work.points ?? 0;
      const state: VerdictState = points <= 0 ? 'wrong' : points >= max ? 'right' : 'partly';
      return (
        <Verdict state={state} title={text.graded(points, max)}>
          {decidedAt && text.decided(decidedAt)}
        </Verdict>
      );
    }
  }
}

/** The text with the places of the remarks, and the remarks under it in the same order. */
function WorkText({ work, level, own }: { work: WorkDto; level: 4 | 5; own: boolean }) {
  const Title = `h${level}` as const;
  const text = useText().tasks.long;
  if (work.textHtml.trim() === '') return null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: only where the links inside lead to, by any means
    <div
      className={classes.part}
      onClick={(event) => {
        const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
        if (!link) return;
        event.preventDefault();
        goToAnchor(decodeURIComponent(link.getAttribute('href')?.slice(1) ?? ''));
      }}
    >
      <Title className={classes.title}>{own ? text.yourText : text.text}</Title>
      <Prose html={work.textHtml} size="plain" className={classes.work} />
      {work.comments.length > 0 && (
        <>
          <Title className={classes.title}>{text.comments}</Title>
          <ol className={classes.comments}>
            {work.comments.map(({ number, quote, html }) => (
              <li key={number} id={`${work.idPrefix}_note-${number}`}>
                <a href={`#${work.idPrefix}_place-${number}`} aria-label={text.toPlace(number)} className={classes.number}>
                  {number}
                </a>
                <div>
                  <q className={classes.quote}>{quote}</q>
                  <Prose html={html} size="plain" />
                </div>
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}

function Withdraw({ taskId, workId }: { taskId: string; workId: string }) {
  const text = useText();
  const words = text.tasks.long;
  const format = useFormat();
  const queries = useQueryClient();
  const works = useWorkDrafts();
  const [late, setLate] = useState(false);
  const withdraw = trpc.reviews.withdraw.useMutation({
    onSuccess(result) {
      if (result.outcome === 'too-late') setLate(true);
      else
        works.putBack(taskId, {
          text: result.text,
          files: result.uploads.map(({ id, name, size }, at) => ({ id, name, size, thumb: null, at })),
        });
      showWorks(queries, taskId, result.mine);
    },
  });
  return (
    <div className={classes.buttons}>
      <BusyButton
        type="button"
        variant="default"
        busy={withdraw.isPending}
        busyLabel={words.withdrawing}
        onClick={() => withdraw.mutate({ workId })}
      >
        {words.withdraw}
      </BusyButton>
      <FormError>{late ? words.tooLate : withdraw.error && errorText(withdraw.error, text, format)}</FormError>
    </div>
  );
}
