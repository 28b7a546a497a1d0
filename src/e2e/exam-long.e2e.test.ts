import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { officeCatalogue as office } from '#shared/i18n/ru/office/all.ts';
import { exams } from '#shared/i18n/ru/study/exams.ts';
import { aWebBrowser } from '../server/testing/live-server.ts';
import { expectAccessible, expectAccessibleAtBothWidths, launchBrowser, type Screen, type Visitor } from './browser.ts';
import { aNewStudent, aSignedInTeacher } from './people.ts';
import { type Site, startSite } from './site.ts';
import { text } from './words.ts';

let site: Site;
let browser: Browser;
let folder: string;
const words = text.tasks.long;
const desk = office.reviews;
const solution = 'а) Пусть $t=\\sin x$, тогда $2t^2-3t+1=0$.\n\nб) Корни: 13π/6 и 5π/2.';

beforeAll(async () => {
  [site, browser, folder] = await Promise.all([startSite(), launchBrowser(), mkdtemp(join(tmpdir(), 'otlichno-e2e-exam-long-'))]);
  const page = { create: { width: 1200, height: 1600, channels: 3 as const, background: '#f4f1e8' } };
  for (const name of ['тетрадь.jpg', 'черновик.jpg']) await sharp(page).jpeg().toFile(join(folder, name));
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await site?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const aStudent = (screen: Screen, lastName: string) => aNewStudent(browser, site, screen, { lastName, at: null });

const aTeacher = (screen: Screen) => aSignedInTeacher(browser, site, screen);

/** Calls procedures as the person of this browser. */
async function rpcOf(context: BrowserContext) {
  const [cookie] = await context.cookies();
  return aWebBrowser(site.url, `${cookie?.name}=${cookie?.value}`).rpc;
}

/** An exam of one long task and one with a key, given to the students. */
async function anExam(teacher: Visitor, title: string): Promise<{ id: string; slug: string }> {
  const { courses, exams: procedures } = await rpcOf(teacher.context);
  const course = (await courses.office.list.query()).courses.find(({ slug }) => slug === 'math-80');
  const id = randomUUID();
  await procedures.office.create.mutate({ id, courseId: course?.id ?? '', title });
  const { rows } = await procedures.office.candidates.query({ examId: id });
  const long = rows.find(({ kind }) => kind === 'long');
  const short = rows.find(({ kind }) => kind === 'number');
  await procedures.office.setTasks.mutate({ id, taskIds: [short?.id ?? '', long?.id ?? ''], base: [] });
  await procedures.office.update.mutate({ id, limitMinutes: 235, attempts: 1, review: 'finish' });
  await procedures.office.publish.mutate({ id });
  return { id, slug: (await procedures.office.get.query({ id })).slug };
}

async function begin(page: Page, slug: string): Promise<void> {
  await page.goto(`/courses/math-80/exams/${slug}`);
  await page.getByRole('button', { name: exams.page.start }).click();
  await page.getByRole('dialog').getByRole('button', { name: exams.page.ask.start }).click();
  await page.waitForURL((url) => url.pathname.startsWith('/attempts/'));
}

const photos = (page: Page) => page.getByRole('list', { name: words.files }).getByRole('listitem');
const choose = (page: Page, ...names: string[]) => page.locator('input[type=file]').setInputFiles(names.map((name) => join(folder, name)));

/** The second task of the exam, and the last one. */
async function goToLong(page: Page): Promise<void> {
  await page.locator('form button[type=submit]').click();
  await page.getByLabel(words.text).waitFor();
}

describe('a student on a phone, a teacher at a desk', () => {
  test('a student writes a long answer with photos, time runs out, a teacher grades it, the result has the points', async () => {
    const lastName = 'Белов';
    const title = `Пробник ${lastName}`;
    const [teacher, student] = [await aTeacher('desktop'), await aStudent('phone', lastName)];
    const exam = await anExam(teacher, title);
    const { page } = student;
    await begin(page, exam.slug);
    await goToLong(page);
    await page.getByLabel(words.text).fill(solution);
    await choose(page, 'тетрадь.jpg', 'черновик.jpg');
    await expect.poll(() => photos(page).allInnerTexts()).toMatchObject([/тетрадь/, /черновик/].map((name) => expect.stringMatching(name)));
    await page.getByRole('link', { name: 'черновик.jpg' }).waitFor();
    await expectAccessibleAtBothWidths(page);

    // Taken off and put back to its place; all of it stands there after a reload.
    await page.getByRole('button', { name: words.remove('тетрадь.jpg') }).click();
    await page.getByText(exams.long.removed('тетрадь.jpg')).waitFor();
    expect(await photos(page).count()).toBe(1);
    await page.getByRole('button', { name: exams.long.putBack, exact: true }).click();
    await page.getByRole('link', { name: 'тетрадь.jpg' }).waitFor();
    await page.getByText(exams.desk.save.saved, { exact: true }).waitFor();
    await page.reload();
    await page.getByRole('link', { name: 'черновик.jpg' }).waitFor();
    expect(await photos(page).first().innerText()).toContain('тетрадь.jpg');
    expect(await page.getByLabel(words.text).inputValue()).toBe(solution);
    await page.getByRole('button', { name: words.preview }).click();
    await page.locator('.katex').first().waitFor();

    // The exam has closed for everybody a moment ago, and what may still be on its way has a second left.
    const { exams: procedures } = await rpcOf(teacher.context);
    await procedures.office.update.mutate({ id: exam.id, closesAt: new Date(Date.now() - 4000).toISOString(), cut: true });
    await page.reload();
    await page.getByText(exams.result.waiting(1)).waitFor({ timeout: 30_000 });
    await page.getByText(words.waiting).first().waitFor();
    await expectAccessibleAtBothWidths(page);

    await grade(teacher.page, lastName, title);
    await page.reload();
    await page.getByText(words.graded(2, 2)).waitFor();
    await page.getByText('Отбор верный').waitFor();
    await page.getByRole('link', { name: 'тетрадь.jpg' }).waitFor();
    expect(await page.getByText(exams.result.waiting(1)).count()).toBe(0);
    await expectAccessibleAtBothWidths(page);
    expect([...student.faults, ...teacher.faults]).toEqual([]);
    await Promise.all([student.context.close(), teacher.context.close()]);
  });
});

/** Finds the work by the filter, grades it, and is not offered to send it back. */
async function grade(page: Page, lastName: string, title: string): Promise<void> {
  await page.goto('/admin/review');
  await page.getByRole('button', { name: desk.filter.exams }).click();
  await page.getByText(desk.ofExam(title, 1)).first().waitFor();
  // The former list stays, faded, until the filtered one is there.
  await page.locator('[aria-busy=true]').waitFor({ state: 'detached' });
  await expectAccessible(page);
  await page.getByRole('link', { name: `${lastName} Илья` }).click();
  await page.getByRole('link', { name: desk.ofExam(title, 1) }).waitFor();
  await page.getByRole('button', { name: desk.take }).click();
  await page.getByText(desk.examNote).waitFor();
  expect(await page.getByRole('button', { name: desk.return }).count()).toBe(0);
  await page.getByRole('heading', { name: desk.grading }).click();
  await page.keyboard.press('1');
  await page.keyboard.press('1');
  await page.getByLabel(desk.remark).fill('Отбор верный.');
  await expectAccessible(page);
  await page.getByRole('button', { name: desk.acceptWith(2, 2) }).click();
  await page.getByText(desk.accepted(`Илья ${lastName}`, desk.points(2, 2))).waitFor();
}

test('a photo that is chosen without a connection waits for it, and another device sees it come', async () => {
  const [teacher, student] = [await aTeacher('desktop'), await aStudent('phone', 'Серов')];
  const exam = await anExam(teacher, 'Пробник без связи');
  const { page, context } = student;
  await begin(page, exam.slug);
  await goToLong(page);
  const other = await context.newPage();
  await other.goto(page.url());
  await other.getByLabel(words.text).waitFor();
  await context.setOffline(true);
  await choose(page, 'тетрадь.jpg');
  await page.getByText(words.fileWaits).waitFor();
  // Looked at another task meanwhile: it goes on its way all the same.
  await page.goBack();
  await page.getByLabel(words.text).waitFor({ state: 'detached' });
  await context.setOffline(false);
  await goToLong(page);
  await page.getByRole('link', { name: 'тетрадь.jpg' }).waitFor({ timeout: 30_000 });
  await other.bringToFront();
  await other.getByRole('link', { name: 'тетрадь.jpg' }).waitFor({ timeout: 20_000 });
  await Promise.all([student.context.close(), teacher.context.close()]);
});

test('a photo that comes when the exam is over is named in the result', async () => {
  const [teacher, student] = [await aTeacher('desktop'), await aStudent('phone', 'Краснов')];
  const exam = await anExam(teacher, 'Пробник с опозданием');
  const { page } = student;
  await begin(page, exam.slug);
  await goToLong(page);
  const { exams: procedures } = await rpcOf(teacher.context);
  // Its last request stays on its way until the exam has closed.
  await page.route('**/trpc/exams.long.addFile**', async (route) => {
    await procedures.office.update.mutate({ id: exam.id, closesAt: new Date(Date.now() - 10_000).toISOString(), cut: true });
    await route.continue();
  });
  await choose(page, 'тетрадь.jpg');
  await page.getByText(exams.long.late).waitFor({ timeout: 30_000 });
  await page.getByText('тетрадь.jpg').waitFor();
  await Promise.all([student.context.close(), teacher.context.close()]);
});
