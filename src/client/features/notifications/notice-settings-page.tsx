import { ProfileLayout } from '#client/features/people/profile-layout.tsx';
import { useNoticesText } from '#client/lib/notices-text.ts';
import { usePageTitle } from '#client/lib/page.ts';
import { anewUnlessSent } from '#client/lib/sent.ts';
import { trpc } from '#client/lib/trpc.ts';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { SettingsDto } from '#shared/notifications.ts';
import { EmailBlocked } from './email-blocked.tsx';
import { KindsOfNotices } from './kind-settings.tsx';
import { QuietHours } from './quiet-hours.tsx';
import { isMailed, withChanges } from './setting-changes.ts';
import classes from './settings.module.css';
import { TelegramCard } from './telegram-card.tsx';
import { useSettingsSaver } from './use-settings-saver.ts';

export function NoticeSettingsPage() {
  const { settings: words } = useNoticesText();
  // Telegram may have been linked or blocked elsewhere meanwhile.
  const query = trpc.notifications.settings.useQuery(undefined, { staleTime: anewUnlessSent });
  usePageTitle(words.title);
  return (
    <ProfileLayout>
      <h2>{words.title}</h2>
      <QueryView query={query} errorTitle={words.failed} level={3} skeleton={<SettingsSkeleton />}>
        {(read) => <Settings read={read} />}
      </QueryView>
    </ProfileLayout>
  );
}

function Settings({ read }: { read: SettingsDto }) {
  const saver = useSettingsSaver();
  const { waiting } = saver.state.use();
  const settings = withChanges(read, waiting.values());
  return (
    <>
      <EmailBlocked settings={settings} />
      {settings.telegram.state !== 'off' && <TelegramCard link={settings.telegram} mailed={isMailed(settings)} />}
      <KindsOfNotices settings={settings} saver={saver} />
      <QuietHours settings={settings} saver={saver} />
    </>
  );
}

function SettingsSkeleton() {
  return (
    <div className={classes.section}>
      <SkeletonBlock height={148} radius={12} />
      <SkeletonBlock height={420} mt={48} />
      <SkeletonBlock height={200} mt={48} />
    </div>
  );
}
