import { Link } from 'wouter';
import { useFormat } from '#client/lib/i18n.tsx';
import { useStudyText } from '#client/lib/study-text.ts';
import layout from '#client/ui/layout.module.css';
import type_ from '#client/ui/type.module.css';
import type { ExamDto } from '#shared/exams.ts';
import classes from './exam-page.module.css';

/** Earlier attempts with points and score, newest first. */
export function ExamHistory({ exam: { history } }: { exam: ExamDto }) {
  const text = useStudyText().exams.page;
  const format = useFormat();
  if (history.length === 0) return null;
  return (
    <section aria-labelledby="exam-history">
      <h2 id="exam-history" className={classes.heading}>
        {text.history}
      </h2>
      <ol className={`${layout.list} ${classes.history}`}>
        {history.map(({ id, number, startedAt, finishedAt, finishedBy, score, released }) => {
          const end = finishedBy === 'time' ? text.byTime : finishedBy === 'moderator' ? text.byModerator : null;
          const open = released ? text.opensReview(number) : text.opensResult(number);
          return (
            <li key={id}>
              <div className={classes.attempt}>
                <b>{text.attempt(number)}</b>
                <span className={classes.when}>{[format.dateTime(startedAt), end].filter(Boolean).join(', ')}</span>
              </div>
              {score && (
                <div className={classes.score}>
                  <b>{text.result(score.points, score.maxPoints)}</b>
                  {score.score !== null && <span className={type_.dim}>{text.score(score.score)}</span>}
                  {score.waiting > 0 && <span className={classes.when}>{text.waiting(score.waiting)}</span>}
                </div>
              )}
              {finishedAt === null ? (
                <span className={type_.dim}>{text.runningRow}</span>
              ) : (
                <Link href={`/attempts/${id}`} className={classes.open} aria-label={open}>
                  {released ? text.toReview : text.toResult}
                </Link>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
