/** A teacher sees what students answer wrongly, says one thing to all of them, and the next who answers so reads it. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashOf } from '#server/features/tasks/reread.ts';
import { officeCatalogue as office } from '#shared/i18n/ru/office/all.ts';
import { expectAccessibleAtBothWidths, launchBrowser, type Visitor } from './browser.ts';
import { aNewStudent, aSignedInTeacher, teachers } from './people.ts';
import { type Site, startSite } from './site.ts';
import { text } from './words.ts';

let site: Site;
let browser: Browser;
const words = office.clusters;
const slugs = { replied: 'larger-root', fought: 'radical' };

/** Of ten students at each task seven answered 144, three 13, one of whom solved it. */
const answers = `WITH made AS (
    INSERT INTO person (role, email, first_name, last_name) SELECT 'student', 'cluster' || n || '@example.ru', 'Анна', 'Соколова' FROM generate_series(1, 10) n
    RETURNING id, substring(email from '[0-9]+')::int AS n
  ), task AS (
    SELECT k.id FROM task k JOIN topic t ON t.id = k.topic_id JOIN course c ON c.id = t.course_id WHERE c.slug = 'math-80' AND k.slug = ANY($1)
  ), given AS (
    INSERT INTO submission (person_id, task_id, client_id, given, canonical, canonical_hash, understood, verdict, points, created_at, local_on)
    SELECT made.id, task.id, gen_random_uuid(), to_jsonb(w.answer), w.answer, w.hash, w.answer, 'wrong', 0, now() - n * interval '1 hour', current_date
    FROM made CROSS JOIN task JOIN (VALUES ('144', $2), ('13', $3)) AS w(answer, hash) ON (w.answer = '144') = (n <= 7)
  )
  INSERT INTO task_progress (person_id, task_id, wrong_count, solved_at, last_at)
  SELECT made.id, task.id, 1, CASE WHEN n = 10 THEN now() END, now() FROM made CROSS JOIN task`;

beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), launchBrowser()]);
  await site.sql(answers, [Object.values(slugs), hashOf('144'), hashOf('13')]);
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

const aTeacher = () => aSignedInTeacher(browser, site, 'desktop', { at: '/admin/courses/math-80' });

/** The page of a task's answers, the way teachers come to it. */
async function openAnswers(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: office.curriculum.programme.unfold('Уравнения и выбор корня') }).click();
  await page.getByRole('button', { name: office.shell.moreOf(title) }).click();
  await page.getByRole('menuitem', { name: words.open }).click();
  await page.getByRole('heading', { level: 1, name: words.title(title) }).waitFor();
}

const titles = { replied: 'Больший корень квадратного уравнения', fought: 'Меньший корень уравнения с радикалом' };

describe('a teacher at a desk, a student on a phone', () => {
  test('one reply reaches everybody who answers so', async () => {
    // What a first try has written.
    await site.sql('DELETE FROM answer_reply WHERE task_id IN (SELECT id FROM task WHERE slug = $1)', [slugs.replied]);
    const teacher = await aTeacher();
    const { page } = teacher;
    await openAnswers(page, titles.replied);
    await page.getByRole('heading', { level: 2, name: words.head('7', '10', '144') }).waitFor();
    await expectAccessibleAtBothWidths(page);

    const row = page.getByRole('listitem').filter({ hasText: '144' });
    await row.getByRole('button', { name: words.reply.write }).click();
    const field = row.getByLabel(words.reply.label);
    await page.keyboard.press('Control+Enter');
    await row.getByText(text.errors.field.required).waitFor();
    await field.fill('Это **квадрат**, а нужен корень: $\\sqrt{144}$.');
    await row.getByRole('region', { name: words.reply.preview }).locator('strong', { hasText: 'квадрат' }).waitFor();
    await page.reload();
    await row.getByRole('button', { name: words.reply.write }).click();
    expect(await field.inputValue()).toContain('квадрат');
    await expectAccessibleAtBothWidths(page);
    await row.getByRole('button', { name: words.reply.save }).dblclick();
    await row.getByText(words.reply.by(teachers.maria.name, ''), { exact: false }).waitFor();
    await expectAccessibleAtBothWidths(page);

    const student = await aNewStudent(browser, site, 'phone', { at: null });
    await student.page.goto(`/courses/math-80/equations#${slugs.replied}`);
    const task = student.page.locator(`#${slugs.replied}`);
    for (const [value, count] of [
      ['13', 0],
      ['144', 1],
    ] as const) {
      await task.getByLabel(text.tasks.answer.label).fill(value);
      await task.getByRole('button', { name: text.tasks.check }).click();
      await task.getByText(text.tasks.verdict.understood(value)).waitFor();
      expect(await task.getByText(text.tasks.replyTo('144')).count()).toBe(count);
    }
    await task.locator('strong', { hasText: 'квадрат' }).waitFor();
    await expectAccessibleAtBothWidths(student.page);
    await student.page.reload();
    await task.getByText(text.tasks.replyTo('144')).waitFor();

    // The journal knows, removal is taken back.
    await row.getByRole('button', { name: words.reply.remove }).click();
    await row.getByRole('button', { name: words.reply.write }).waitFor();
    await page.getByRole('button', { name: office.shell.undo, exact: true }).click();
    await row.getByText('квадрат').waitFor();
    expect([...teacher.faults, ...student.faults]).toEqual([]);
    await Promise.all([teacher.context.close(), student.context.close()]);
  });
});

test('two teachers at one reply: the second is told, and loses nothing', async () => {
  const [quick, slow] = await Promise.all([aTeacher(), aTeacher()]);
  for (const { page } of [quick, slow]) await openAnswers(page, titles.fought);
  const rowOf = ({ page }: Visitor) => page.getByRole('listitem').filter({ hasText: '13' }).last();
  for (const teacher of [quick, slow]) {
    await rowOf(teacher).getByRole('button', { name: words.reply.write }).click();
    await rowOf(teacher)
      .getByLabel(words.reply.label)
      .fill(teacher === quick ? 'Первый разбор' : 'Второй разбор');
  }
  const theReply = (teacher: Visitor, body: string) =>
    rowOf(teacher)
      .getByRole('region', { name: words.reply.of('13') })
      .getByText(body)
      .waitFor();
  await rowOf(quick).getByRole('button', { name: words.reply.save }).click();
  await theReply(quick, 'Первый разбор');
  await rowOf(slow).getByRole('button', { name: words.reply.save }).click();
  await rowOf(slow).getByText(words.reply.conflict).waitFor();
  await rowOf(slow).getByText('Первый разбор').waitFor();
  expect(await rowOf(slow).getByLabel(words.reply.label).inputValue()).toBe('Второй разбор');
  await expectAccessibleAtBothWidths(slow.page);
  await rowOf(slow).getByRole('button', { name: words.reply.overrule }).click();
  await theReply(slow, 'Второй разбор');
  await Promise.all([quick.context.close(), slow.context.close()]);
});
