/** The teachers' way to the table of a group, through it, and to the tasks that fewest solve. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { officeCatalogue } from '#shared/i18n/ru/office/all.ts';
import { expectAccessibleAtBothWidths, launchBrowser, type Visitor } from './browser.ts';
import { aSignedInTeacher } from './people.ts';
import { type Site, startSite } from './site.ts';

let site: Site;
let browser: Browser;
const { group: words, curriculum, shell } = officeCatalogue;

/** Sixty students, every second of whom has been at it lately; all of them have tried the first task and a third has solved it. */
const students = `WITH made AS (
    INSERT INTO person (role, email, first_name, last_name, last_active_at)
    SELECT 'student', 'group' || n || '@example.ru', 'Анна', 'Соколова-' || lpad(n::text, 2, '0'), now() - n % 2 * interval '20 days' - n * interval '1 minute'
    FROM generate_series(1, 60) n RETURNING id, last_name
  ), enrolled AS (
    INSERT INTO enrolment (person_id, course_id, enrolled_at) SELECT made.id, c.id, now() FROM made CROSS JOIN course c WHERE c.slug = 'math-80'
  )
  INSERT INTO task_progress (person_id, task_id, wrong_count, solved_at, last_at)
  SELECT made.id, k.id, 2, CASE WHEN right(made.last_name, 2)::int % 3 = 0 THEN now() END, now()
  FROM made CROSS JOIN LATERAL (
    SELECT k.id FROM task k JOIN topic t ON t.id = k.topic_id JOIN course c ON c.id = t.course_id
    WHERE c.slug = 'math-80' AND k.slug = 'larger-root'
  ) k`;

beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), launchBrowser()]);
  await site.sql(students);
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

async function aTeacher(): Promise<Visitor> {
  const visitor = await aSignedInTeacher(browser, site, 'phone', { at: '/admin/courses/math-80' });
  await visitor.page
    .getByRole('navigation', { name: curriculum.course.tabs.label })
    .getByRole('link', { name: curriculum.course.tabs.statistics })
    .click();
  return visitor;
}

describe('a teacher on a phone', () => {
  test('reads the table, sorts and narrows it, opens a student and the hardest task, takes the file', async () => {
    const { page, context, faults } = await aTeacher();
    const box = page.getByRole('region', { name: words.scroll });
    const rows = box.locator('tbody tr');
    const status = page.getByRole('status').filter({ hasText: 'учен' });
    await expect.poll(() => rows.count()).toBe(50);
    expect(await status.innerText()).toBe(words.count(60));
    await expectAccessibleAtBothWidths(page);
    // A phone shows topics beside the names; what sums them up comes after.
    const topic = await box.locator('tbody tr').first().locator('[data-shade]').first().boundingBox();
    const edge = await box.boundingBox();
    expect((topic?.x ?? 0) + (topic?.width ?? 0)).toBeLessThan((edge?.x ?? 0) + (edge?.width ?? 0));

    // Names stay when the rest goes sideways, by the keyboard alone.
    const name = box.getByRole('link', { name: 'Соколова-01 Анна' });
    const before = await name.boundingBox();
    await box.focus();
    for (let presses = 0; presses < 6; presses += 1) await page.keyboard.press('ArrowRight');
    await expect.poll(() => box.evaluate((element) => element.scrollWidth <= element.clientWidth || element.scrollLeft > 20)).toBe(true);
    expect((await name.boundingBox())?.x).toBe(before?.x);
    await page.getByRole('button', { name: shell.showMore }).click();
    await expect.poll(() => rows.count()).toBe(60);

    await box.getByRole('button', { name: words.column.active }).click();
    await expect.poll(() => rows.first().innerText()).toContain('Соколова-02');
    expect(page.url()).toContain('?sort=active');
    await page.getByLabel(words.activity).selectOption('idle');
    await expect.poll(() => status.innerText()).toBe(words.count(30));
    await expectAccessibleAtBothWidths(page);
    await page.getByRole('button', { name: words.reset }).click();
    await page.getByLabel(words.search).fill('саколова-07');
    await page.getByText(words.similar).waitFor();
    await page.getByLabel(words.search).fill('соколова-03');
    await expect.poll(() => rows.count()).toBe(1);
    // One of the tasks of the topic: solved, and not at the first try.
    const cells = box.locator('tbody td[data-shade="some"]');
    await expect.poll(() => cells.count()).toBe(1);
    const of = Number((await cells.first().innerText()).split('/')[1]);
    expect(await cells.first().getAttribute('title')).toBe(words.cellNote(1, of, 1, 0));

    await box.getByRole('link', { name: 'Соколова-03 Анна' }).click();
    await page.getByRole('heading', { name: 'Соколова-03 Анна', level: 1 }).waitFor();
    await page.goBack();
    await expect.poll(() => rows.count()).toBe(1);
    expect(await page.getByLabel(words.search).inputValue(), 'the search is still there').toBe('соколова-03');

    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: words.download }).click();
    expect((await download).suggestedFilename()).toMatch(/^Статистика .+\.xlsx$/);

    const hardest = page.getByRole('table', { name: words.hardest.title });
    expect(await hardest.locator('tbody tr').first().innerText()).toMatch(/33\s%\s+20\sиз\s60/);
    expect(await hardest.getByRole('link', { name: /^Ответы на/ }).getAttribute('href')).toMatch(/^\/admin\/tasks\/[\w-]+\/answers$/);
    await hardest.locator('tbody th').getByRole('link').click();
    await page.waitForURL(/\/admin\/tasks\/[\w-]+$/);

    await page.goto('/admin/courses/informatics-60/statistics');
    await page.getByRole('heading', { name: words.empty }).waitFor();
    await page.getByRole('heading', { name: words.hardest.none }).waitFor();
    await expectAccessibleAtBothWidths(page);
    await page.goto('/admin/courses/no-such-course/statistics');
    await page.getByRole('heading', { name: curriculum.course.missing, level: 1 }).waitFor();
    expect(faults.filter((fault) => !fault.includes('404'))).toEqual([]);

    await page.goto('/admin/courses/math-80/statistics');
    await expect.poll(() => rows.count()).toBe(50);
    await context.setOffline(true);
    await page.getByLabel(words.search).fill('достоевский');
    // Whoever was shown before must not seem to be who was looked for.
    await page.getByRole('heading', { name: words.load }).waitFor();
    expect(await rows.count()).toBe(0);
    await context.setOffline(false);
    await page.getByText(words.nobody).waitFor();
    await context.close();
  });
});
