import type { MeDto } from '#shared/auth.ts';
import type { Catalogue } from '#shared/i18n/catalogue.ts';

export interface NavigationItem {
  href: string;
  label: string;
  current: (path: string) => boolean;
}

/** What the head and the bottom bar lead to; only what there is. */
export function navigationFor(me: MeDto | null, guest: boolean, { common: { nav } }: Catalogue): NavigationItem[] {
  const courses = { href: '/courses', label: nav.courses, current: (path: string) => path.startsWith('/courses') };
  if (guest) return [courses, { href: '/#how', label: nav.how, current: () => false }];
  const home = { href: '/', label: nav.home, current: (path: string) => path === '/' };
  if (me?.role !== 'moderator') return [home, courses];
  return [home, courses, { href: '/admin', label: nav.office, current: (path) => path.startsWith('/admin') }];
}
