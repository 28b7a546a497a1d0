import type { MeDto } from '#shared/auth.ts';
import type { Catalogue } from '#shared/i18n/catalogue.ts';

export interface NavigationItem {
  href: string;
  label: string;
  current: (path: string) => boolean;
  /** The mistakes of today stand beside it. */
  counted?: boolean;
}

/** What the head and the bottom bar lead to; only what there is. */
export function navigationFor(me: MeDto | null, guest: boolean, { common: { nav } }: Catalogue): NavigationItem[] {
  const courses = { href: '/courses', label: nav.courses, current: (path: string) => path.startsWith('/courses') };
  if (guest) return [courses, { href: '/#how', label: nav.how, current: () => false }];
  const home = { href: '/', label: nav.home, current: (path: string) => path === '/' };
  // Not known yet: what only some have comes at the end, and moves nothing.
  if (!me) return [home, courses];
  const mistakes = { href: '/mistakes', label: nav.mistakes, current: (path: string) => path.startsWith('/mistakes'), counted: true };
  if (me.role === 'student') return [home, courses, mistakes];
  return [home, courses, { href: '/admin', label: nav.office, current: (path) => path.startsWith('/admin') }];
}
