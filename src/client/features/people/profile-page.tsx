import { ProfileStatistics } from '#client/features/progress/profile-page.tsx';
import { useText } from '#client/lib/i18n.tsx';
import { usePageTitle } from '#client/lib/page.ts';
import { ProfileLayout } from './profile-layout.tsx';

export function ProfilePage() {
  const { people } = useText();
  usePageTitle(people.tabs.statistics);
  return (
    <ProfileLayout>
      <ProfileStatistics />
    </ProfileLayout>
  );
}
