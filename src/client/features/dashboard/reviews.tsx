import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { LinkButton } from '#client/ui/link-button.tsx';
import type { DashboardDto } from '#shared/dashboard.ts';
import classes from './dashboard.module.css';

/** Works that wait for a teacher, and since when the oldest does. */
export function Reviews({ reviews: { waiting, oldestAt } }: { reviews: DashboardDto['reviews'] }) {
  const { waits } = useOfficeText().dashboard;
  const format = useFormat();
  return (
    <section aria-labelledby="dashboard-reviews">
      <h2 id="dashboard-reviews">{waits.title}</h2>
      {waiting === 0 ? (
        <>
          <p className={classes.lead}>{waits.noReviews}</p>
          <p className={classes.note}>{waits.noReviewsText}</p>
        </>
      ) : (
        <>
          <p className={classes.lead}>{waits.reviews(waiting)}</p>
          {oldestAt && <p className={classes.note}>{waits.oldest(format.ago(oldestAt))}</p>}
          <LinkButton href="/admin/review" variant="default" size="sm" className={classes.action}>
            {waits.toReview}
          </LinkButton>
        </>
      )}
    </section>
  );
}
