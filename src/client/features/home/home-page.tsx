import { WaitForMe } from '#client/features/auth/wait-for-me.tsx';
import { type LazyPage, lazyPage, Shown } from '#client/lib/lazy-page.tsx';
import { useMe, wasSignedIn } from '#client/lib/me.ts';

const guest = lazyPage(() => import('./guest-home-page.tsx'), 'GuestHomePage');
const student = lazyPage(() => import('#client/features/progress/home-page.tsx'), 'StudentHomePage');

/** One address, two pages. A visitor who was not signed in here before is shown the guest's without waiting for the server to say so. */
function HomePage() {
  const me = useMe();
  if (me) return <Shown key="student" page={student} />;
  return me === undefined && wasSignedIn() ? <WaitForMe /> : <Shown key="guest" page={guest} />;
}

export const home: LazyPage = { preload: () => (wasSignedIn() ? student : guest).preload(), current: () => HomePage };
