import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { Prose } from '#client/ui/prose.tsx';
import type { ReviewDto, WorkDto } from '#shared/reviews.ts';
import classes from './review-work.module.css';
import { WorkFiles } from './work-files.tsx';

interface EarlierRoundsProps {
  rounds: WorkDto[];
  criteria: ReviewDto['criteria'];
}

/** What the student handed in before, and what was said of it: folded, for it is asked for now and then. */
export function EarlierRounds({ rounds, criteria }: EarlierRoundsProps) {
  const { reviews } = useOfficeText();
  const format = useFormat();
  const max = criteria.reduce((sum, criterion) => sum + criterion.max, 0);
  if (rounds.length === 0) return null;
  return (
    <details className={classes.section}>
      <summary>{reviews.earlier(rounds.length)}</summary>
      {rounds.map((round) => (
        <section key={round.id} className={classes.round} aria-labelledby={`${round.idPrefix}round`}>
          <h2 id={`${round.idPrefix}round`}>{reviews.roundOf(round.round)}</h2>
          <p className={classes.dim}>
            {reviews.handedIn(format.dateTime(round.handedInAt))}.{' '}
            {round.state === 'accepted'
              ? reviews.points(round.points ?? 0, max)
              : round.state === 'returned'
                ? reviews.returned
                : reviews.filter.waiting}
          </p>
          <Prose html={round.textHtml} size="plain" className={classes.prose} />
          {round.comments.length > 0 && (
            <ol className={classes.comments}>
              {round.comments.map(({ number, quote, html }) => (
                <li key={number} id={`${round.idPrefix}_note-${number}`}>
                  <span className={classes.number}>{number}</span>
                  <div className={classes.commentBody}>
                    <q className={classes.quote}>{quote}</q>
                    <Prose html={html} size="plain" />
                  </div>
                </li>
              ))}
            </ol>
          )}
          {round.remarkHtml !== '' && <Prose html={round.remarkHtml} size="plain" className={classes.roundRemark} />}
          <WorkFiles files={round.files} />
        </section>
      ))}
    </details>
  );
}
