import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clockOf } from '#client/features/courses/video-position.ts';
import { officeCatalogue as office } from '#shared/i18n/ru/office/all.ts';
import { expectAccessible, launchBrowser, type Screen } from './browser.ts';
import { aNewStudent, aSignedInTeacher } from './people.ts';
import { type Site, startSite } from './site.ts';
import { aWebm } from './webm.ts';
import { text } from './words.ts';

let site: Site;
let browser: Browser;
let folder: string;
const video = { desktop: 'Разбор_задания 6.webm', phone: 'Разбор_задания 7.webm', cutOff: 'Разбор_задания 8.webm' };
const words = office.files;

beforeAll(async () => {
  [site, browser, folder] = await Promise.all([startSite(), launchBrowser(), mkdtemp(join(tmpdir(), 'otlichno-e2e-files-'))]);
  for (const name of Object.values(video)) await writeFile(join(folder, name), await aWebm({ seconds: 120, bytes: 30_000_000 }));
  // A program under another name.
  await writeFile(join(folder, 'reshenie.png'), Buffer.from(`MZ${'\0'.repeat(200)}This program cannot be run in DOS mode.`, 'latin1'));
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await site?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const topicPath = '/courses/math-80/equations';

const aTeacher = (screen: Screen) => aSignedInTeacher(browser, site, screen);

/** The videos and files of the topic, as the programme of the course opens them. */
async function openMedia(page: Page): Promise<Locator> {
  await page.goto(topicPath);
  const title = await page.getByRole('heading', { level: 1 }).innerText();
  await page.goto('/admin/courses/math-80');
  const unfold = page.getByRole('button', { name: office.curriculum.programme.unfold(title.replaceAll('\u00a0', ' ')) });
  const media = page.getByRole('button', { name: office.curriculum.programme.media, exact: true });
  // The programme remembers what was unfolded.
  await unfold.or(media).first().waitFor();
  if (await unfold.isVisible()) await unfold.click();
  await media.first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('heading', { name: words.media.files }).waitFor();
  return dialog;
}

/** What the page asked of the place for uploads: «POST», «PATCH 8388608». */
function uploadRequests(page: Page): string[] {
  const seen: string[] = [];
  page.on('request', (request) => {
    if (!request.url().includes('/api/uploads')) return;
    const offset = request.headers()['upload-offset'];
    seen.push(offset === undefined ? request.method() : `${request.method()} ${offset}`);
  });
  return seen;
}

/** A line that can be made slow, so that one can step in, and cut. */
async function aLine(page: Page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const set = (offline: boolean, uploadThroughput: number) =>
    session.send('Network.emulateNetworkConditions', { offline, latency: 0, downloadThroughput: -1, uploadThroughput });
  return { slow: () => set(false, 8_000_000), cut: () => set(true, -1), mend: () => set(false, -1) };
}

const networkFault = /ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_NETWORK/;

describe.each(['desktop', 'phone'] as const)('on a %s', (screen) => {
  test('a teacher’s video survives a lost connection, and a student watches it and comes back to the same place', async () => {
    const { page, context, faults } = await aTeacher(screen);
    const name = video[screen];
    const title = name.replace('.webm', '').replace('_', ' ');
    const dialog = await openMedia(page);
    await expectAccessible(page);
    const asked = uploadRequests(page);
    const line = await aLine(page);
    await line.slow();
    await dialog.locator('input[type=file]').first().setInputFiles(join(folder, name));
    // Some pieces have arrived, others are on their way.
    await expect.poll(() => asked.filter((one) => one.startsWith('PATCH')).length).toBeGreaterThan(1);
    await line.cut();
    await dialog.getByText(/Нет связи/).waitFor();
    const before = asked.length;
    await line.mend();
    const row = dialog.getByRole('listitem').filter({ has: page.getByText(title, { exact: true }) });
    await row.getByText(/Файл, 29\sМБ, 2\sминуты/).waitFor();
    const later = asked.slice(before);
    // It was asked how far it had come and went on from there.
    expect(asked.filter((one) => one === 'POST')).toHaveLength(1);
    expect(later).toContain('HEAD');
    expect(later).not.toContain('PATCH 0');
    await expectAccessible(page);
    expect(faults.filter((fault) => !networkFault.test(fault))).toEqual([]);
    await context.close();

    await watchAndComeBack(screen, title);
  });

  test('two pictures are dropped at once, and a program under the name of a picture is refused in words', async () => {
    const { page, context, faults } = await aTeacher(screen);
    const dialog = await openMedia(page);
    const zone = dialog.getByRole('button', { name: `${words.media.files}: ${words.drop.chooseMany}` });
    const png = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#157c5f' } })
      .png()
      .toBuffer();
    const names = [`grafik-${screen}.png`, `tablica-${screen}.png`];
    const carried = await page.evaluateHandle(
      ({ base64, files }) => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const transfer = new DataTransfer();
        for (const file of files) transfer.items.add(new File([bytes], file, { type: 'image/png' }));
        return transfer;
      },
      { base64: png.toString('base64'), files: names },
    );
    for (const event of ['dragenter', 'dragover', 'drop']) await zone.dispatchEvent(event, { dataTransfer: carried });
    const list = dialog.getByRole('list', { name: words.media.files, exact: true });
    for (const name of names) await list.getByText(name).waitFor();

    await dialog.locator('input[type=file]').nth(1).setInputFiles(join(folder, 'reshenie.png'));
    await dialog.getByText(text.errors.upload.content).waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: words.upload.of(words.upload.dismiss, 'reshenie.png') }).click();

    // Esc takes back what is being moved, and leaves the dialog open.
    const order = () => list.getByRole('link').allInnerTexts();
    const before = await order();
    const last = before.at(-1) ?? '';
    const handle = list.getByRole('button', { name: office.reorder.handle(last) });
    await handle.focus();
    for (const key of ['Space', 'ArrowUp']) await page.keyboard.press(key);
    expect(await order()).not.toEqual(before);
    await page.keyboard.press('Escape');
    expect(await order()).toEqual(before);
    await handle.hover();
    const place = await handle.boundingBox();
    if (!place) throw new Error('the handle is not shown');
    await page.mouse.down();
    await page.mouse.move(place.x + place.width / 2, place.y - 80, { steps: 8 });
    expect(await order()).not.toEqual(before);
    await page.keyboard.press('Escape');
    await page.mouse.up();
    expect(await order()).toEqual(before);
    expect(await dialog.isVisible()).toBe(true);

    // By the keyboard: the last one up by one.
    await handle.focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Space');
    expect(await order()).toEqual([...before.slice(0, -2), last, ...before.slice(-2, -1)]);
    await list.getByRole('button', { name: words.media.removeOf(names[0] ?? '') }).click();
    await dialog.getByText(words.media.fileRemoved(names[0] ?? '')).waitFor();
    await dialog.getByRole('button', { name: office.shell.undo }).click();
    await dialog.getByText(office.shell.undone).waitFor();
    await list.getByText(names[0] ?? '').waitFor();

    await page.goto('/admin/files?q=tablica');
    await page.getByRole('table').getByText(`tablica-${screen}.png`).waitFor();
    await expectAccessible(page);
    // The search goes out when the typing rests, and a space typed before that is still there for the next word.
    const search = page.getByLabel(words.page.search);
    await search.fill('grafik ');
    await page.waitForURL((url) => url.searchParams.get('q') === 'grafik');
    await page.getByRole('table').getByText(`grafik-${screen}.png`).waitFor();
    await search.press('End');
    await page.keyboard.type('7');
    expect(await search.inputValue()).toBe('grafik 7');
    await page.waitForURL((url) => url.searchParams.get('q') === 'grafik 7');
    expect(faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]);
    await context.close();
  });
});

test('what a reload cuts off goes on when the same file is chosen again, and a video that was removed comes back', async () => {
  const { page, context, faults } = await aTeacher('desktop');
  const name = video.cutOff;
  const title = name.replace('.webm', '').replace('_', ' ');
  let dialog = await openMedia(page);
  const asked = uploadRequests(page);
  const line = await aLine(page);
  await line.slow();
  await dialog.locator('input[type=file]').first().setInputFiles(join(folder, name));
  await expect.poll(() => asked.filter((one) => one.startsWith('PATCH')).length).toBeGreaterThan(1);
  // Leaving is asked about, because the upload would stop.
  const leaving = page.waitForEvent('dialog').then(async (question) => {
    await question.accept();
    return question.type();
  });
  await page.reload();
  expect(await leaving).toBe('beforeunload');
  await line.mend();
  const before = asked.length;
  dialog = await openMedia(page);
  await dialog.getByText(/Загрузка.+прервалась\s+на\s+\d+\s%/).waitFor();
  await dialog.locator('input[type=file]').first().setInputFiles(join(folder, name));
  const row = dialog.getByRole('listitem').filter({ has: page.getByText(title, { exact: true }) });
  await row.waitFor();
  expect(asked.slice(before)).not.toContain('POST');
  expect(asked.slice(before)).not.toContain('PATCH 0');

  await dialog.getByRole('button', { name: words.media.removeOf(title) }).click();
  await dialog.getByText(words.media.removed(title)).waitFor();
  await row.waitFor({ state: 'detached' });
  await dialog.getByRole('button', { name: office.shell.undo }).click();
  await row.waitFor();
  expect(faults.filter((fault) => !networkFault.test(fault))).toEqual([]);
  await context.close();
});

async function watchAndComeBack(screen: Screen, title: string): Promise<void> {
  const { page, context, faults } = await aNewStudent(browser, site, screen, { at: null });
  await page.goto(topicPath);
  const player = page.getByLabel(text.courses.topic.videoFrame(title));
  const now = () => player.evaluate((element) => (element instanceof HTMLVideoElement ? element.currentTime : Number.NaN));
  const isReady = () => player.evaluate((element) => element instanceof HTMLVideoElement && element.readyState > 1);
  await player.scrollIntoViewIfNeeded();
  await expect.poll(isReady).toBe(true);
  const ranges: string[] = [];
  page.on('response', (answer) => {
    if (answer.url().includes('/files/') && answer.status() === 206) ranges.push(answer.headers()['content-range'] ?? '');
  });
  const saved: number[] = [];
  page.on('response', (answer) => {
    if (answer.url().includes('saveVideoPosition') && answer.ok()) saved.push(JSON.parse(answer.request().postData() ?? '{}').seconds);
  });
  await player.focus();
  // The letters of a Russian keyboard lie on the same keys.
  await page.keyboard.press('KeyK');
  await expect.poll(now).toBeGreaterThan(0);
  for (let press = 0; press < 8; press += 1) await page.keyboard.press('KeyL');
  await expect.poll(now).toBeGreaterThan(80);
  await page.keyboard.press('KeyK');
  // Far into the file only the bytes from there were asked for.
  await expect.poll(() => ranges.some((range) => Number(/bytes (\d+)-/.exec(range)?.[1]) > 15_000_000)).toBe(true);
  const stoppedAt = Math.floor(await now());
  await expect.poll(() => saved.at(-1)).toBe(stoppedAt);
  await page.getByLabel(text.courses.topic.own.speed).first().selectOption('1.5');
  await expectAccessible(page);

  await page.reload();
  await player.scrollIntoViewIfNeeded();
  const resume = page.getByRole('button', { name: text.courses.topic.own.resume(clockOf(stoppedAt)) });
  await resume.waitFor();
  expect(await now()).toBe(0);
  await resume.click();
  await expect.poll(now).toBeGreaterThanOrEqual(stoppedAt);
  expect(await player.evaluate((element) => (element instanceof HTMLVideoElement ? element.playbackRate : 0))).toBe(1.5);
  expect(faults).toEqual([]);
  await context.close();
}
