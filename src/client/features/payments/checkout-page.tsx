import { useState } from 'react';
import { Link, useParams } from 'wouter';
import { appError } from '#client/lib/errors.ts';
import { usePageTitle } from '#client/lib/page.ts';
import { usePaymentsText } from '#client/lib/payments-text.ts';
import { anewUnlessSent } from '#client/lib/sent.ts';
import { trpc } from '#client/lib/trpc.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import layout from '#client/ui/layout.module.css';
import { LinkButton } from '#client/ui/link-button.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { OfferDto } from '#shared/payments.ts';
import classes from './checkout.module.css';
import { CheckoutOffer } from './checkout-offer.tsx';

/** Where a course is paid for. */
export function CheckoutPage() {
  const { course = '' } = useParams<{ course: string }>();
  const { checkout: words } = usePaymentsText();
  // Prices are looked at anew at every visit: what stands here is what is paid.
  const query = trpc.payments.offer.useQuery({ course }, { staleTime: anewUnlessSent });
  const [held, setHeld] = useState<OfferDto | null>(null);
  const code = query.data === undefined ? appError(query.error)?.code : undefined;
  const refusal =
    code === 'PAYMENTS_OFF' ? words.off : code === 'COURSES_NOT_FOUND' || code === 'INPUT_INVALID' ? words.missing : undefined;
  usePageTitle(query.data ? `${words.title}. ${setTitle(query.data.course.title)}` : (refusal?.title ?? words.title));
  if (refusal) {
    const [href, label] = refusal === words.off ? [`/courses/${course}`, words.toCourse] : ['/courses', words.courses];
    return (
      <div className={layout.wrap}>
        <EmptyState level={1} title={refusal.title} action={<LinkButton href={href}>{label}</LinkButton>}>
          {refusal.text}
        </EmptyState>
      </div>
    );
  }
  return (
    <div className={layout.wrap}>
      {query.data && (
        <p className={classes.crumbs}>
          <Link lang="ru" href={`/courses/${query.data.course.slug}`}>
            {setTitle(query.data.course.title)}
          </Link>
        </p>
      )}
      <QueryView query={query} level={1} errorTitle={words.failed} skeleton={<CheckoutSkeleton />}>
        {(offer) => (
          <CheckoutOffer
            offer={held ?? offer}
            checking={query.isFetching}
            onCheck={() => query.refetch()}
            onHold={(on) => setHeld(on ? offer : null)}
          />
        )}
      </QueryView>
    </div>
  );
}

function CheckoutSkeleton() {
  return (
    <>
      <SkeletonBlock width={160} height={14} mt={3} />
      <SkeletonBlock width={280} height={32} mt={15} />
      <div className={classes.split}>
        <div>
          <SkeletonBlock width={140} height={20} mt={4} />
          <SkeletonBlock height={76} mt={16} radius={12} />
          <SkeletonBlock height={96} mt={12} radius={12} />
        </div>
        <SkeletonBlock height={280} radius={12} />
      </div>
    </>
  );
}
