import { type ComponentType, lazy } from 'react';
import { WaitForMe } from '#client/features/auth/wait-for-me.tsx';
import { useMe, wasSignedIn } from '#client/lib/me.ts';

const loadGuest = (): Promise<{ default: ComponentType }> =>
  import('./guest-home-page.tsx').then((file) => ({ default: file.GuestHomePage }));
const loadStudent = (): Promise<{ default: ComponentType }> =>
  import('#client/features/progress/home-page.tsx').then((file) => ({ default: file.StudentHomePage }));

const Guest = lazy(loadGuest);
const Student = lazy(loadStudent);

/** One address, two pages. A visitor who was not signed in here before is shown the guest's without waiting for the server to say so. */
export function HomePage() {
  const me = useMe();
  if (me) return <Student />;
  return me === undefined && wasSignedIn() ? <WaitForMe /> : <Guest />;
}

export function preloadHome(): Promise<unknown> {
  return wasSignedIn() ? loadStudent() : loadGuest();
}
