import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogue } from '#shared/i18n/ru/all.ts';
import { aCourse } from '../../testing/course.ts';
import { aLiveServer, type LiveServer } from '../../testing/live-server.ts';
import { aSchool, type School } from '../../testing/world.ts';

let school: School;
let site: LiveServer;
const publicUrl = 'https://school.example.ru';
beforeAll(async () => {
  school = await aSchool({ env: { PUBLIC_URL: publicUrl } });
  site = await aLiveServer(school.app);
});
afterAll(async () => {
  await site.close();
  await school.close();
});

const textOf = async (path: string) => (await fetch(site.url + path)).text();

test('a course says what it is to whoever shares its address, and what a teacher typed stays text', async () => {
  const { slug } = await aCourse(school.app);
  await school.app.db.course.update({ where: { slug }, data: { title: 'Курс «<b>60+</b>»' } });
  const page = await textOf(`/courses/${slug}?utm=1`);
  expect(page).toContain(`<title>${catalogue.common.pageTitle('Курс «&lt;b&gt;60+&lt;/b&gt;»')}</title>`);
  expect(page).toContain(`<meta property="og:url" content="${publicUrl}/courses/${slug}" />`);
  expect(page).toContain(`<meta property="og:image" content="${publicUrl}/share.png" />`);
  expect(await textOf('/sitemap.xml')).toContain(`<loc>${publicUrl}/courses/${slug}</loc>`);
});

test('a course that students do not see is told to nobody', async () => {
  const { slug } = await aCourse(school.app, { published: false });
  expect(await textOf(`/courses/${slug}`)).not.toContain('og:');
  expect(await textOf('/sitemap.xml')).not.toContain(slug);
});

test('pages of somebody’s own say nothing, and robots stay out of them', async () => {
  expect(await textOf('/profile')).not.toContain('og:');
  const robots = await textOf('/robots.txt');
  for (const line of ['Disallow: /files/', 'Disallow: /trpc/', `Sitemap: ${publicUrl}/sitemap.xml`]) expect(robots).toContain(line);
  // «/pay/…» is closed, a page «/payback» would not be.
  expect(robots).toContain('Disallow: /pay/\n');
});

test('where reading without a network is switched off, the worker of a browser takes itself away', async () => {
  const off = await aSchool({ databaseUrl: school.databaseUrl, env: { PUBLIC_URL: publicUrl, OFFLINE: 'off' } });
  const other = await aLiveServer(off.app);
  const [answer, page] = await Promise.all([fetch(`${other.url}/sw.js`), fetch(`${other.url}/trpc/settings.site`)]);
  expect(answer.headers.get('cache-control')).toBe('no-cache');
  expect(answer.headers.get('content-type')).toMatch(/^text\/javascript/);
  expect(await answer.text()).toContain('registration.unregister()');
  expect(await page.json()).toMatchObject({ result: { data: { offline: false } } });
  await other.close();
  await off.close();
});
