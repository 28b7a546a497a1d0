import { Suspense } from 'react';
import { ProfileStatistics } from '#client/features/progress/profile-page.tsx';
import { useAccountText } from '#client/lib/account-text.ts';
import { useMe } from '#client/lib/me.ts';
import { lazyOffice } from '#client/lib/office-text.ts';
import { usePageTitle } from '#client/lib/page.ts';
import { Pending, SkeletonBlock } from '#client/ui/skeleton.tsx';
import { ProfileLayout } from './profile-layout.tsx';

/** Students never load it. */
const ModeratorProfile = lazyOffice(() => import('./moderator/moderator-profile.tsx'), 'ModeratorProfile');

export function ProfilePage() {
  const { people } = useAccountText();
  const me = useMe();
  const teacher = me?.role === 'moderator' ? me : null;
  usePageTitle(teacher ? people.tabs.work : people.tabs.statistics);
  return (
    <ProfileLayout>
      {teacher ? (
        <Suspense
          fallback={
            <Pending>
              <SkeletonBlock height={320} />
            </Pending>
          }
        >
          <ModeratorProfile me={teacher} />
        </Suspense>
      ) : (
        <ProfileStatistics />
      )}
    </ProfileLayout>
  );
}
