import { useNow } from '#client/lib/now.ts';
import { openedAnewUnlessSent } from '#client/lib/sent.ts';
import { useStudyText } from '#client/lib/study-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { LinkButton } from '#client/ui/link-button.tsx';
import { setTitle } from '#shared/i18n/set-title.ts';
import { timeText } from './exam-time.ts';
import classes from './running-exam.module.css';

/** On the home: an exam goes on, and there is one way back to it. */
export function RunningExam() {
  const { data: running } = trpc.exams.running.useQuery(undefined, { refetchOnMount: openedAnewUnlessSent, refetchInterval: 60_000 });
  const text = useStudyText().exams.home;
  if (!running) return null;
  return (
    <section className={classes.line} aria-label={text.title}>
      <p className={classes.words}>
        <b>{text.title}</b>{' '}
        <span lang="ru" className={classes.title}>
          {setTitle(running.exam.title)}
        </span>
        {running.deadlineAt !== null && <Left deadlineAt={running.deadlineAt} />}
      </p>
      <LinkButton variant="default" href={`/attempts/${running.id}`}>
        {text.go}
      </LinkButton>
    </section>
  );
}

function Left({ deadlineAt }: { deadlineAt: string }) {
  const text = useStudyText().exams.home;
  const left = Date.parse(deadlineAt) - useNow(1000);
  return (
    <span role="timer" aria-live="off" className={classes.left}>
      {left > 0 ? text.left(timeText(left)) : text.over}
    </span>
  );
}
