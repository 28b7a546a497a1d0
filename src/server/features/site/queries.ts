import { catalogue } from '#shared/i18n/ru/all.ts';
import { talkCatalogue } from '#shared/i18n/ru/talk/all.ts';
import type { App } from '../../platform/app.ts';
import { isShown } from '../courses/visible.ts';
import type { PageHead } from './head.ts';

const { common, courses, home } = catalogue;

type Words = Pick<PageHead, 'title' | 'description'>;

const fixed: Record<string, Words | undefined> = {
  '/': { title: common.schoolTitle, description: `${home.title}.` },
  '/courses': { title: common.pageTitle(courses.list.title), description: courses.list.lead },
  '/support': { title: common.pageTitle(common.nav.support), description: talkCatalogue.support.about },
};

/** What a public page says of itself; null: the page is no public one. One statement for a course, none for the others. */
export async function findPageHead(app: App, path: string): Promise<PageHead | null> {
  const words = fixed[path] ?? (await courseWords(app, path));
  if (!words) return null;
  return { ...words, url: `${app.config.publicUrl}${path}`, picture: `${app.config.publicUrl}/share.png` };
}

async function courseWords(app: App, path: string): Promise<Words | null> {
  const slug = /^\/courses\/([a-z0-9-]{1,60})$/.exec(path)?.[1];
  if (slug === undefined) return null;
  const { rows } = await app.pool.query<{ title: string; summary: string }>({
    name: 'course-head',
    text: `SELECT c.title, c.summary FROM course c WHERE c.slug = $1 AND ${isShown('c')}`,
    values: [slug],
  });
  const course = rows[0];
  return course ? { title: common.pageTitle(course.title), description: course.summary } : null;
}

/** Addresses of all public pages. */
export async function listPublicPages(app: App): Promise<string[]> {
  const { rows } = await app.pool.query<{ slug: string }>({
    name: 'public-courses',
    text: `SELECT c.slug FROM course c WHERE ${isShown('c')} ORDER BY c.slug LIMIT 10000`,
  });
  return ['/', '/courses', '/support', ...rows.map(({ slug }) => `/courses/${slug}`)].map((path) => `${app.config.publicUrl}${path}`);
}
