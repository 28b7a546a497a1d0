import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import hidden from '#client/ui/type.module.css';
import classes from './office-frame.module.css';

/** How many works wait to be graded; nothing where none does. */
export function ReviewCount() {
  const { reviews } = useOfficeText();
  const format = useFormat();
  const { data } = trpc.reviews.count.useQuery(undefined, { refetchInterval: 60_000 });
  if (!data || data.waiting === 0) return null;
  return (
    <>
      <span className={classes.count} aria-hidden="true">
        {format.number(data.waiting)}
      </span>
      <span className={hidden.hidden}>, {reviews.waiting(data.waiting)}</span>
    </>
  );
}
