import { OfficePage } from '#client/features/office/office-page.tsx';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { offline } from '#client/lib/online.ts';
import { anewUnlessSent } from '#client/lib/sent.ts';
import { trpc } from '#client/lib/trpc.ts';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import { BlockedAddresses } from './blocked-addresses.tsx';
import classes from './delivery.module.css';
import { MailState } from './mail-state.tsx';
import { Queues } from './queues.tsx';
import { TelegramState } from './telegram-state.tsx';

const refreshMs = 10_000;

/** How messages and letters get through: the bot, the mail, what waits, and addresses that take nothing. */
export function DeliveryPage() {
  const { news, delivery: words } = useOfficeText();
  const format = useFormat();
  const overview = trpc.notifications.office.overview.useQuery(undefined, { staleTime: anewUnlessSent, refetchInterval: refreshMs });
  const stale = offline.use() !== null || (overview.isError && overview.data !== undefined);
  return (
    <OfficePage
      title={words.title}
      trail={[{ href: '/admin/news', label: news.title }]}
      facts={
        overview.data && (
          <span className={stale ? classes.stale : undefined}>
            {stale ? words.stale : words.refreshed(format.time(overview.dataUpdatedAt))}
          </span>
        )
      }
    >
      <QueryView query={overview} skeleton={<PageSkeleton />} errorTitle={words.failed}>
        {({ telegram, mail, queues }) => (
          <>
            <div className={classes.cards}>
              <TelegramState telegram={telegram} />
              <MailState mail={mail} queue={queues.find(({ channel }) => channel === 'email')} />
            </div>
            <Queues queues={queues} />
          </>
        )}
      </QueryView>
      {/* Below what it would be pushed down by. */}
      {(overview.data || overview.isError) && <BlockedAddresses />}
    </OfficePage>
  );
}

function PageSkeleton() {
  return (
    <div className={classes.cards}>
      <SkeletonBlock height={180} radius={12} />
      <SkeletonBlock height={180} radius={12} />
    </div>
  );
}
