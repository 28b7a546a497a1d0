import { useText } from '#client/lib/i18n.tsx';
import { useMe } from '#client/lib/me.ts';
import { trpc } from '#client/lib/trpc.ts';
import classes from './mistakes-count.module.css';
import type_ from './type.module.css';

/** How many mistakes are to be gone through today. */
export function MistakesCount() {
  const { nav } = useText().common;
  const student = useMe()?.role === 'student';
  const due = trpc.progress.mistakes.brief.useQuery(undefined, { enabled: student }).data?.due ?? 0;
  if (due === 0) return null;
  return (
    <>
      <span className={classes.count} aria-hidden="true">
        {due}
      </span>
      <span className={type_.hidden}>, {nav.mistakesDue(due)}</span>
    </>
  );
}
