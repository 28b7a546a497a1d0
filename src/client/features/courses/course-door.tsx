import type { ReactNode } from 'react';
import { useText } from '#client/lib/i18n.tsx';
import { trpc } from '#client/lib/trpc.ts';
import { LinkButton } from '#client/ui/link-button.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import { usePriceLine } from './price-line.ts';
import { courseAction } from './topic-rows.ts';

/** The way on from a page of a course that is not open to this person: it is bought, where it can be, and looked at otherwise (`children`). */
export function CourseDoor({ course, children }: { course: string; children: ReactNode }) {
  const text = useText().courses;
  const price = usePriceLine();
  const { data, isLoading } = trpc.courses.get.useQuery({ course });
  // Which door it is is known at once: no button turns into another one under the finger.
  if (isLoading) return <SkeletonBlock width={180} height={44} radius={8} />;
  const sold = data && courseAction(data)?.kind === 'buy' ? data : null;
  return (
    <>
      {sold && <LinkButton href={`/pay/${course}`}>{text.course.buy}</LinkButton>}
      <LinkButton href={`/courses/${course}`} variant={sold ? 'default' : 'filled'}>
        {children}
      </LinkButton>
      {sold && <span>{price(sold)}</span>}
    </>
  );
}
