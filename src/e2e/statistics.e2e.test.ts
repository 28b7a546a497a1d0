/** A student's statistics as the student and a teacher see them: with a year behind them, and before the first task. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { progressOfAnswers } from '#server/features/progress/counting.ts';
import { studyCatalogue as english } from '#shared/i18n/en/study/all.ts';
import { officeCatalogue } from '#shared/i18n/ru/office/all.ts';
import { studyCatalogue } from '#shared/i18n/ru/study/all.ts';
import { expectAccessible, launchBrowser } from './browser.ts';
import { aNewStudent, aSignedInTeacher } from './people.ts';
import { type Site, startSite } from './site.ts';

const { statistics: words } = studyCatalogue;
let site: Site;
let browser: Browser;

beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), launchBrowser()]);
  // The whole of both courses may be worked at.
  await site.sql("UPDATE topic SET opens_at = now() - interval '300 days'");
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

async function enrol(email: string) {
  await site.sql(
    `INSERT INTO enrolment (person_id, course_id, enrolled_at) SELECT p.id, c.id, now() - c.position * interval '1 day'
      FROM person p CROSS JOIN course c WHERE p.email = $1 AND c.slug IN ('math-80', 'informatics-60')`,
    [email],
  );
}

/** Every task of both courses answered once, a task a day up to today, every fourth wrong. */
async function workedThrough(email: string) {
  await enrol(email);
  await site.sql(
    `INSERT INTO submission (person_id, task_id, client_id, given, canonical, canonical_hash, understood, verdict, points, created_at, local_on)
      SELECT p.id, k.id, gen_random_uuid(), '"1"', '1', '1', '1', CASE WHEN k.n % 4 = 3 THEN 'wrong' ELSE 'right' END::verdict,
        CASE WHEN k.n % 4 = 3 THEN 0 ELSE k.points END, now() - k.n * interval '1 day',
        ((now() - k.n * interval '1 day') AT TIME ZONE p.time_zone)::date
      FROM person p CROSS JOIN (
        SELECT k.id, k.points, row_number() OVER (ORDER BY c.slug, t.position, k.position) - 1 AS n
        FROM course c JOIN topic t ON t.course_id = c.id JOIN task k ON k.topic_id = t.id
        WHERE c.slug IN ('math-80', 'informatics-60') AND k.published_at IS NOT NULL
      ) k WHERE p.email = $1`,
    [email],
  );
  await site.sql(
    `INSERT INTO task_progress (person_id, task_id, wrong_count, best_points, solved_at, last_at)
      ${progressOfAnswers('s.person_id = (SELECT id FROM person WHERE email = $1)')}`,
    [email],
  );
}

// Spaces of the texts do not break.
const lead = /Сейчас\sэто\s\d+\sбалл/;
const heatMap = (page: Page) => page.getByRole('img', { name: /Больше\sвсего\sза\sдень/ });
const top = (page: Page, id: string) => page.locator(`#${id}`).evaluate((element) => element.getBoundingClientRect().top + window.scrollY);
/** Charts come when one is near them. */
const goToCharts = (page: Page) => page.locator('#weeks').scrollIntoViewIfNeeded();
const choose = (page: Page, name: string) => page.getByRole('radiogroup').getByText(name).click();

describe.each(['phone', 'desktop'] as const)('on a %s', (screen) => {
  test('a student reads a year of work: by eye, by keyboard and in numbers, of all courses and of one', async () => {
    const { page, context, faults, email } = await aNewStudent(browser, site, screen, { at: null });
    await workedThrough(email);
    // Held back until the rest of the page has been measured.
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await page.route(/\/(heat-map|weeks-chart)-[^/]*\.js$/, async (route) => {
      await held;
      await route.continue();
    });
    await page.goto('/profile');
    await page.getByRole('heading', { name: words.weeks.title }).waitFor();
    expect(await page.locator('#activity ~ * svg').count()).toBe(0);
    await goToCharts(page);
    const [weeks, accuracy] = [await top(page, 'weeks'), await top(page, 'accuracy')];
    letGo();
    await heatMap(page).waitFor();
    await page.getByText(words.weeks.now, { exact: true }).waitFor();
    expect([await top(page, 'weeks'), await top(page, 'accuracy')], 'nothing jumps when the charts come').toEqual([weeks, accuracy]);

    await expect.poll(() => page.getByText(lead).count()).toBe(2);
    await page.getByRole('img', { name: /^Шкала\sот\s0\sдо\s100:\sпрогноз\s\d+,\sскорее\sвсего\sот\s\d+\sдо\s\d+,\sцель\s80$/ }).waitFor();
    await expectAccessible(page);

    const calendar = page.getByRole('group', { name: words.activity.box });
    const [end, width] = await calendar.evaluate((box) => [box.scrollLeft + box.clientWidth, box.scrollWidth]);
    expect(Math.abs((end ?? 0) - (width ?? 0)), 'the newest weeks are in view').toBeLessThanOrEqual(1);
    await calendar.focus();
    await page.keyboard.press('ArrowLeft');
    await calendar
      .getByRole('status')
      .getByText(/–\s1\sзадание$/)
      .waitFor();
    for (let times = 0; times < 3; times += 1) await page.keyboard.press('ArrowUp');
    await calendar
      .getByRole('status')
      .getByText(/–\sрешённых\sзаданий\sнет$/)
      .waitFor();
    await page.keyboard.press('Home');
    await calendar.getByRole('status').waitFor();
    expect(await calendar.evaluate((box) => box.scrollLeft)).toBe(0);
    await page.keyboard.press('Escape');
    await expect.poll(() => calendar.getByRole('status').count()).toBe(0);

    const numbers = page.getByText(words.showNumbers);
    await numbers.nth(0).press('Enter');
    await page.getByRole('columnheader', { name: words.activity.headDay }).waitFor();
    await numbers.nth(1).click();
    expect(await page.getByRole('table').nth(1).getByRole('row').count()).toBe(13);
    await expectAccessible(page);

    const topics = page.locator('#accuracy-topics').getByRole('listitem');
    expect(await topics.count()).toBe(5);
    await page.getByRole('button', { name: /Показать\sвсе\sтемы/ }).click();
    await expect.poll(() => topics.count()).toBeGreaterThan(5);

    await choose(page, 'Математика, профиль 80+');
    await expect.poll(() => page.getByText(lead).count()).toBe(1);
    expect(await topics.getByText('Информатика').count()).toBe(0);
    await page.getByText(/,\sвсе\sкурсы$/).waitFor();
    await expectAccessible(page);
    expect(faults).toEqual([]);
    await context.close();
  });

  test('before the first task everything says what it waits for', async () => {
    const { page, context, faults, email } = await aNewStudent(browser, site, screen, { at: null });
    await enrol(email);
    await page.goto('/profile');
    await page.getByText(words.activity.empty).waitFor();
    await page.getByText(words.weeks.empty).waitFor();
    await page.getByText(words.topics.empty).waitFor();
    // The rule once, and what each of the two courses has.
    expect(await page.getByText(/Прогноз\sпоявится/).count()).toBe(1);
    expect(await page.getByText(/ответов\s0, номеров\s0/).count()).toBe(2);
    await expectAccessible(page);
    expect(faults).toEqual([]);
    await context.close();
  });
});

test('a chart that does not load takes nothing with it', async () => {
  const { page, context, email } = await aNewStudent(browser, site, 'desktop', { at: null });
  await workedThrough(email);
  await page.route(/\/weeks-chart-[^/]*\.js$/, (route) => route.abort());
  await page.goto('/profile');
  await page.locator('#weeks').waitFor();
  await goToCharts(page);
  await page.getByText(words.chartFailed).waitFor();
  await heatMap(page).waitFor();
  await page.getByText(words.showNumbers).nth(1).click();
  expect(await page.getByRole('table').getByRole('row').count()).toBe(13);
  await context.close();
});

test('in English', async () => {
  const { page, context, faults, email } = await aNewStudent(browser, site, 'desktop', { at: null });
  await workedThrough(email);
  await page.goto('/profile');
  await page.locator('#weeks').waitFor();
  await goToCharts(page);
  await heatMap(page).waitFor();
  await page.getByRole('button', { name: 'English' }).click();
  for (const title of [english.statistics.forecast.title, english.statistics.activity.title, english.statistics.topics.title]) {
    await page.getByRole('heading', { name: title }).waitFor();
  }
  await page.getByText(english.statistics.weeks.now, { exact: true }).waitFor();
  expect(await page.locator('main').innerText()).not.toMatch(/задани|неде|прогноз/i);
  expect(faults).toEqual([]);
  await context.close();
});

test('a teacher sees the student’s own numbers, and by whose time days count', async () => {
  const student = await aNewStudent(browser, site, 'desktop', { at: null });
  await workedThrough(student.email);
  await student.page.goto('/profile');
  const own = student.page.getByText(lead);
  await expect.poll(() => own.count()).toBe(2);

  const [person] = await site.sql('SELECT id FROM person WHERE email = $1', [student.email]);
  const { page, context, faults } = await aSignedInTeacher(browser, site, 'desktop', { at: `/admin/students/${person?.id}` });
  await page.locator('#weeks').waitFor();
  await goToCharts(page);
  await heatMap(page).waitFor();
  expect(await page.getByText(lead).allInnerTexts()).toEqual(await own.allInnerTexts());
  await page.getByText(officeCatalogue.students.statistics.rule('по Москве')).waitFor();
  await expectAccessible(page);
  expect(faults).toEqual([]);
  await Promise.all([student.context.close(), context.close()]);
});
