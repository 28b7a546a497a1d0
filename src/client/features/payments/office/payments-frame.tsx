import { type ReactNode, useEffect, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import tabs from '#client/features/courses/office/course-tabs.module.css';
import { OfficePage } from '#client/features/office/office-page.tsx';
import { useFormat } from '#client/lib/i18n.tsx';
import { useMe } from '#client/lib/me.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import type_ from '#client/ui/type.module.css';
import classes from './payments.module.css';

const parts = [
  ['orders', '/admin/payments'],
  ['subscriptions', '/admin/payments/subscriptions'],
  ['promo', '/admin/payments/promo'],
  ['issues', '/admin/payments/issues'],
  ['providers', '/admin/payments/providers'],
] as const;

/** How payments stand; asked again by itself, the same for all who show a part of it. */
export const useOverview = () => trpc.payments.office.overview.useQuery(undefined, { refetchInterval: 60_000 });

/** The head of the pages of money. */
export function PaymentsFrame({ actions, children }: { actions?: ReactNode; children: ReactNode }) {
  const { payments: words } = useOfficeText();
  const format = useFormat();
  const [path] = useLocation();
  const issues = useOverview().data?.openIssues ?? 0;
  const off = useMe()?.payments === false;
  const nav = useRef<HTMLElement>(null);
  // On a phone the tabs are wider than the screen: the one that is open must be seen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab is the event itself
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [path]);
  // The menu leads nobody here then; an old link may.
  if (off) {
    return (
      <OfficePage title={words.title}>
        <EmptyState title={words.off}>{words.providers.docs}</EmptyState>
      </OfficePage>
    );
  }
  return (
    <OfficePage title={words.title} actions={actions}>
      <nav ref={nav} className={`${tabs.tabs} ${classes.tabs}`} aria-label={words.tabs.label}>
        {parts.map(([part, href]) => (
          <Link key={part} href={href} aria-current={href === path ? 'page' : undefined}>
            {words.tabs[part]}
            {part === 'issues' && issues > 0 && (
              <>
                <span className={classes.count} aria-hidden="true">
                  {format.number(issues)}
                </span>
                <span className={type_.hidden}>, {words.openIssues(issues)}</span>
              </>
            )}
          </Link>
        ))}
      </nav>
      {children}
    </OfficePage>
  );
}
