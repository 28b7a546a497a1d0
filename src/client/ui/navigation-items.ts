import type { MeDto } from '#shared/auth.ts';
import type { Catalogue } from '#shared/i18n/catalogue.ts';

export interface NavigationItem {
  href: string;
  label: string;
  current: (path: string) => boolean;
  /** The mistakes of today stand beside it. */
  counted?: boolean;
  /** The bar at the foot of a phone has no room for it: there the home and the page behind the bell lead to it. */
  headOnly?: boolean;
}

/** What the head and the bottom bar lead to; only what there is. */
export function navigationFor(me: MeDto | null, guest: boolean, { common: { nav } }: Catalogue): NavigationItem[] {
  const courses = { href: '/courses', label: nav.courses, current: (path: string) => path.startsWith('/courses') };
  if (guest) return [courses, { href: '/#how', label: nav.how, current: () => false }];
  const home = { href: '/', label: nav.home, current: (path: string) => path === '/' };
  // Not known yet: what only some have comes at the end, and moves nothing.
  if (!me) return [home, courses];
  const mistakes = { href: '/mistakes', label: nav.mistakes, current: (path: string) => path.startsWith('/mistakes'), counted: true };
  const news = { href: '/news', label: nav.news, current: (path: string) => path.startsWith('/news'), headOnly: true };
  if (me.role === 'student') return [home, courses, mistakes, news];
  return [home, courses, news, { href: '/admin', label: nav.office, current: (path) => path.startsWith('/admin') }];
}
