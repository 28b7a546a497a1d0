/** What a page costs somebody with a cheap phone on a slow network: until the largest thing stands there, and until a finger is answered. */
import type { Browser, Page } from 'playwright-core';
import { withClient } from '#server/platform/database-admin.ts';
import { openBrowser } from '../../screenshots/browser.ts';
import { attemptId, insertAttemptAnswers, insertAttempts, insertExam } from '../attempts.ts';
import { type Seen, type Visit, visit } from '../pages/phone.ts';
import { budgetRow, median, type Row } from '../row.ts';
import { mapSchool } from '../school-map.ts';
import { sessionToken } from '../students.ts';
import { insertThreads } from '../threads.ts';
import type { World } from '../world.ts';

const visits = 3;
/** What is called good of the Core Web Vitals, on a phone better than this one. */
const budgets = { largestMs: 2500, interactionMs: 200, shift: 0.1 };
/** The server leaves out of such a visit what it sends along otherwise. */
const bare = { 'sec-purpose': 'prefetch' };

interface Place extends Visit {
  name: string;
}

export async function pages(world: World): Promise<Row[]> {
  const { url: databaseUrl } = await world.aSchoolAtWork();
  await withClient(databaseUrl, async (client) => {
    await client.query(insertThreads, [0, 40, 50]);
    // Of another course than the guest's task: what stands in an exam is shown to no guest.
    await client.query(insertExam, ['informatics-60']);
    await client.query(insertAttempts, [0, 40, new Date(Date.now() + 36_000_000)]);
    await client.query(insertAttemptAnswers, [null]);
  });
  const places = placesOf(await mapSchool(databaseUrl));
  const school = await world.startServer(databaseUrl);
  const browser = await openBrowser();
  world.afterwards(() => browser.close());
  const rows: Row[] = [];
  for (const { name, ...place } of places) rows.push(...(await measure(browser, school.url, name, place)));
  return rows;
}

/** The student who is at an exam, has a chat and nothing else; and one whose home has courses on it and no exam. */
const [busy, calm] = [sessionToken(3), sessionToken(100)];

function placesOf({ topics }: { topics: { course: string; topic: string }[] }): Place[] {
  const { course, topic } = topics.find((one) => one.course.startsWith('math')) ?? { course: '', topic: '' };
  const field = 'main input[inputmode]';
  return [
    { name: 'home of a guest', path: '/', until: field, act: (page) => type(page, field, '12,5') },
    { name: 'home of a student', session: calm, path: '/', until: 'main h1', act: (page) => tap(page, 'header a, header button') },
    { name: 'course', session: calm, path: `/courses/${course}`, until: 'main h1', act: (page) => tap(page, 'main h1') },
    { name: 'topic', session: calm, path: `/courses/${course}/${topic}`, until: 'h1', act: (page) => type(page, field, '12,5') },
    { name: 'task answer', session: calm, path: `/courses/${course}/${topic}`, until: field, act: (page) => answer(page, field) },
    { name: 'chat', session: busy, path: '/support/chat', until: 'textarea', act: (page) => type(page, 'textarea', 'Не понимаю') },
    { name: 'profile', session: calm, path: '/profile', until: 'h1, h2', act: (page) => tap(page, 'main label, main h1, main h2') },
    { name: 'exam', session: busy, path: `/attempts/${attemptId(3)}`, until: field, act: (page) => type(page, field, '12,5') },
  ];
}

async function measure(browser: Browser, url: string, name: string, place: Visit): Promise<Row[]> {
  const [seen, without]: [Seen[], Seen[]] = [[], []];
  for (let n = 0; n < visits; n += 1) {
    seen.push(await visit(browser, url, place));
    without.push(await visit(browser, url, { ...place, act: undefined, headers: bare }));
  }
  const middle = (pick: (one: Seen) => number, of = seen) => median(of.map(pick));
  const rows = [
    budgetRow(
      `${name}: largest paint`,
      'ms',
      middle(({ largest }) => largest),
      budgets.largestMs,
      visits,
    ),
    {
      name: `${name}: largest paint, with what is sent along : without`,
      unit: 'ms',
      value: middle(({ largest }) => largest),
      floor: middle(({ largest }) => largest, without),
      ratio: median(seen.map(({ largest }, n) => largest / (without[n]?.largest ?? Number.NaN))),
      n: visits,
    },
    budgetRow(
      `${name}: slowest answer to a finger`,
      'ms',
      middle(({ interaction }) => interaction ?? 0),
      budgets.interactionMs,
      visits,
    ),
    budgetRow(
      `${name}: what moves`,
      '',
      middle(({ shift }) => shift),
      budgets.shift,
      visits,
    ),
  ];
  process.stderr.write(
    rows.map(({ name: what, value, ratio }) => `  ${what} ${Math.round(value * 100) / 100} (${ratio?.toFixed(2)})\n`).join(''),
  );
  return rows;
}

async function type(page: Page, selector: string, text: string): Promise<void> {
  const field = page.locator(selector).first();
  await field.tap();
  await field.pressSequentially(text, { delay: 50 });
}

async function answer(page: Page, selector: string): Promise<void> {
  await type(page, selector, '12,5');
  await page.keyboard.press('Enter');
  // What a screen reader is told of it; the eye sees it at the same moment.
  await page.locator('[role="status"], [aria-live]').filter({ hasText: /\S/ }).first().waitFor({ state: 'attached' });
}

async function tap(page: Page, selector: string): Promise<void> {
  await page.locator(selector).filter({ visible: true }).first().tap();
}
