/** What came with a page is what the page asks for, in the same words, and is not asked for again. */
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startAcquirer } from '../server/acquirer/server.ts';
import type { Acquirer } from '../server/acquirer/types.ts';
import { launchBrowser } from './browser.ts';
import { aNewStudent, aSignedInTeacher } from './people.ts';
import { type Site, startSite } from './site.ts';

let site: Site;
let browser: Browser;
let acquirer: Acquirer;
beforeAll(async () => {
  acquirer = await startAcquirer({});
  [site, browser] = await Promise.all([startSite(acquirer.env), launchBrowser()]);
  await site.sql(`UPDATE course SET price_minor = 1990000 WHERE slug = 'math-80'`);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  await acquirer?.stop();
});

/** The procedures whose answers came with a page, and those that it asked nevertheless. */
async function open(page: Page, path: string): Promise<{ came: string[]; askedAgain: string[] }> {
  const asked = new Set<string>();
  const note = (request: { url(): string; method(): string }) => {
    const { pathname } = new URL(request.url());
    if (request.method() === 'GET' && pathname.startsWith('/trpc/'))
      for (const name of decodeURIComponent(pathname.slice('/trpc/'.length)).split(',')) asked.add(name);
  };
  page.on('request', note);
  // When the socket opens, what may have changed before is asked for: here it stays silent.
  await page.routeWebSocket(/./, () => undefined);
  await page.goto(path);
  await page.locator('h1').first().waitFor();
  await page.waitForLoadState('networkidle');
  page.off('request', note);
  const came = await page
    .locator('#sent')
    .evaluate((sent) => (JSON.parse(sent.textContent ?? '') as { answers: [string][] }).answers.map(([name]) => name));
  return { came, askedAgain: came.filter((name) => asked.has(name)) };
}

test('a student’s pages', async () => {
  const { page, context, faults } = await aNewStudent(browser, site, 'phone', { at: null });
  for (const [path, procedure] of [
    ['/', 'progress.home'],
    ['/courses', 'courses.list'],
    ['/courses/math-60', 'courses.get'],
    ['/courses/math-60/powers', 'courses.topic'],
    ['/mistakes', 'progress.mistakes.today'],
    ['/news', 'news.feed'],
    ['/notifications', 'notifications.list'],
    ['/profile', 'progress.statistics'],
    ['/profile/notifications', 'notifications.settings'],
    ['/profile/devices', 'auth.sessions'],
    ['/profile/payments', 'payments.history'],
    ['/pay/math-80', 'payments.offer'],
    ['/support/chat', 'chat.mine'],
    ['/privacy', 'people.personalData.privacyPolicy'],
    ['/consent', 'people.consentText'],
  ] as const) {
    const { came, askedAgain } = await open(page, path);
    expect.soft([path, came.includes(procedure), askedAgain]).toEqual([path, true, []]);
  }
  expect(faults).toEqual([]);
  await context.close();
});

test('a teacher’s office', async () => {
  const student = await aNewStudent(browser, site, 'phone', { at: null });
  const { page, context, faults } = await aSignedInTeacher(browser, site, 'desktop');
  const id = async (where: string) => {
    const [row] = await site.sql(`SELECT id FROM ${where} LIMIT 1`);
    return String(row?.id);
  };
  const [person] = await site.sql('SELECT id FROM person WHERE email = $1', [student.email]);
  await student.page.goto('/support/chat');
  await student.page.getByRole('textbox').waitFor();
  const [exam, task, thread] = await Promise.all([id('exam'), id('task'), id(`chat_thread WHERE kind = 'support'`)]);
  for (const [path, procedure] of [
    ['/admin', 'dashboard.get'],
    ['/admin/courses', 'courses.office.list'],
    ['/admin/courses/math-60', 'courses.office.programme'],
    ['/admin/courses/math-60/settings', 'courses.office.subjects'],
    ['/admin/courses/math-60/transfer', 'transfer.course'],
    ['/admin/courses/math-60/exams', 'exams.office.list'],
    ['/admin/courses/math-60/statistics', 'progress.group.table'],
    [`/admin/exams/${exam}`, 'exams.office.get'],
    [`/admin/exams/${exam}/results`, 'exams.office.results'],
    [`/admin/tasks/${task}/answers`, 'tasks.clusters.list'],
    ['/admin/settings', 'courses.office.schoolFacts'],
    ['/admin/settings/scales', 'exams.scales.list'],
    ['/admin/settings/operator', 'settings.operator'],
    ['/admin/review', 'reviews.list'],
    ['/admin/inbox', 'chat.inbox.list'],
    [`/admin/inbox/${thread}`, 'chat.inbox.thread'],
    ['/admin/payments', 'payments.office.list'],
    ['/admin/payments/subscriptions', 'payments.office.subscriptions'],
    ['/admin/payments/promo', 'payments.office.promo.list'],
    ['/admin/payments/issues', 'payments.office.issues'],
    ['/admin/rooms', 'chat.rooms.list'],
    ['/admin/templates', 'chat.templates.list'],
    ['/admin/faq', 'support.office.list'],
    ['/admin/news', 'news.office.list'],
    ['/admin/delivery', 'notifications.office.overview'],
    ['/admin/students', 'people.students.list'],
    [`/admin/students/${person?.id}`, 'progress.statisticsOf'],
    ['/admin/registrations', 'registry.list'],
    ['/admin/files', 'files.list'],
    ['/admin/journal', 'audit.list'],
  ] as const) {
    const { came, askedAgain } = await open(page, path);
    expect.soft([path, came.includes(procedure), askedAgain]).toEqual([path, true, []]);
  }
  expect(faults).toEqual([]);
  await Promise.all([context.close(), student.context.close()]);
});

/** The site through a line on which the end of a page, where its answers stand, comes late. */
async function aSlowLine(): Promise<{ url: string; close: () => void }> {
  const line = createServer((req, res) => {
    const headers = { ...req.headers, 'accept-encoding': 'identity' };
    const onward = request(new URL(req.url ?? '/', site.url), { method: req.method ?? 'GET', headers }, async (answer) => {
      res.writeHead(answer.statusCode ?? 500, answer.headers);
      if (!answer.headers['content-type']?.startsWith('text/html')) return answer.pipe(res);
      const page = (await answer.toArray()).join('');
      const end = page.indexOf('<script type="application/json"');
      res.write(page.slice(0, end));
      await pause(1_500);
      return res.end(page.slice(end));
    });
    req.pipe(onward);
  });
  await once(line.listen(0, '127.0.0.1'), 'listening');
  const { hostname } = new URL(site.url);
  return { url: `http://${hostname}:${(line.address() as AddressInfo).port}`, close: () => line.close() };
}

test('where the scripts are faster than the page, as at a second visit on a slow line, they wait for its answers', async () => {
  const line = await aSlowLine();
  const { page, context } = await aNewStudent(browser, site, 'phone', { at: null });
  await open(page, `${line.url}/news`);
  const { came, askedAgain } = await open(page, `${line.url}/news`);
  expect([came.includes('news.feed'), askedAgain]).toEqual([true, []]);
  await context.close();
  line.close();
});
