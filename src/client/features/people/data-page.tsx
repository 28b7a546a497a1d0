import { useAccountText } from '#client/lib/account-text.ts';
import { useMe } from '#client/lib/me.ts';
import { usePageTitle } from '#client/lib/page.ts';
import { DataForm } from './data-form.tsx';
import { DataParts } from './personal-data/data-parts.tsx';
import { ProfileLayout } from './profile-layout.tsx';

export function DataPage() {
  const { people } = useAccountText();
  const me = useMe();
  usePageTitle(people.data.title);
  return (
    <ProfileLayout>
      <h2>{people.data.title}</h2>
      {me && <DataForm me={me} />}
      {me && <DataParts me={me} />}
    </ProfileLayout>
  );
}
