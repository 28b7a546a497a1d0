import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HistoryDto } from '#shared/chat.ts';
import { studyCatalogue } from '#shared/i18n/ru/study/all.ts';
import { talkCatalogue } from '#shared/i18n/ru/talk/all.ts';
import { expectAccessible, launchBrowser, type Visitor } from './browser.ts';
import { aNewStudent, aSignedInTeacher, teachers } from './people.ts';
import { type Site, startSite } from './site.ts';
import { text } from './words.ts';

const { chat } = talkCatalogue;
const { exams } = studyCatalogue;
const topic = '/courses/math-80/equations';
const slug = 'larger-root';

let site: Site;
let browser: Browser;
let student: Visitor;
let teacher: Visitor;
let threadId = '';

beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), launchBrowser()]);
  [student, teacher] = await Promise.all([
    aNewStudent(browser, site, 'phone', { at: `${topic}#${slug}` }),
    aSignedInTeacher(browser, site, 'desktop'),
  ]);
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

/** Asks the server as whoever is signed in on the page: what is not this journey's to click. */
function rpc<T>(page: Page, path: string, input: unknown, method: 'GET' | 'POST' = 'POST'): Promise<T> {
  return page.evaluate(
    async ([procedure, data, verb]) => {
      const response =
        verb === 'GET'
          ? await fetch(`/trpc/${procedure}?input=${encodeURIComponent(data)}`)
          : await fetch(`/trpc/${procedure}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: data });
      const answer = await response.json();
      if (answer.error) throw new Error(JSON.stringify(answer.error));
      return answer.result.data;
    },
    [path, JSON.stringify(input), method] as const,
  );
}

async function history(): Promise<HistoryDto['messages']> {
  return (await rpc<HistoryDto>(teacher.page, 'chat.history', { threadId }, 'GET')).messages;
}

const card = () => student.page.locator(`#${slug}`);
const field = () => card().getByRole('textbox', { name: chat.composer.label, exact: true });
const messageWith = (words: string) => card().getByRole('log').getByRole('listitem').filter({ hasText: words });
const announced = () => card().locator('[aria-live="polite"]').allTextContents();

async function write(words: string): Promise<void> {
  await field().fill(words);
  await card().getByRole('button', { name: chat.composer.send }).click();
}

describe('a student on a phone and a teacher', () => {
  test('talk once enough answers were wrong, and each sees what the other does', async () => {
    const { page } = student;
    for (const left of [3, 2, 1]) {
      await card().getByText(text.tasks.chat.left(left)).waitFor();
      await card()
        .getByLabel(text.tasks.answer.label)
        .fill(`${-700 - left}`);
      await card().getByRole('button', { name: text.tasks.check }).click();
    }
    await card().getByRole('button', { name: text.tasks.chat.title }).click();
    await card().getByText(chat.empty).waitFor();
    expect(new URL(page.url()).search + new URL(page.url()).hash).toBe(`?chat#${slug}`);

    await write('Откуда **больший** корень?');
    await messageWith('Откуда больший корень?').getByText(chat.sent).waitFor();
    await expect.poll(() => field().inputValue()).toBe('');
    const [thread] = await rpc<{ id: string }[]>(page, 'chat.mine', undefined, 'GET');
    threadId = thread?.id ?? '';

    await rpc(teacher.page, 'chat.typing', { threadId });
    await card()
      .getByText(chat.typing([teachers.maria.name]))
      .waitFor();
    await field().focus();
    const fieldTop = () => field().evaluate((element) => Math.round(element.getBoundingClientRect().top));
    const before = await fieldTop();
    await rpc(teacher.page, 'chat.send', { threadId, clientId: crypto.randomUUID(), body: 'Сравните $\\sqrt{D}$ с нулём' });
    await messageWith('Сравните').getByText(chat.teacher).waitFor();
    // What comes does not push away the field in which one writes.
    expect(await fieldTop()).toBe(before);
    await expect.poll(announced).toContainEqual(expect.stringMatching(/^Мария Ковалёва: Сравните/));
    expect((await announced()).join(' ')).not.toContain('Откуда');
    // What a teacher has answered they have read; what the student has seen counts no more.
    await messageWith('Откуда больший корень?').getByText(chat.read).waitFor();
    await expect.poll(async () => (await rpc<{ messages: number }>(page, 'chat.unread', undefined, 'GET')).messages).toBe(0);
    await expectAccessible(page);
  });

  test('without a network a message waits, survives a reload, and arrives once', async () => {
    const { page, context } = student;
    await context.setOffline(true);
    await write('Пишу в метро');
    await messageWith('Пишу в метро').getByText(chat.pending.offline).waitFor();
    await context.setOffline(false);
    await messageWith('Пишу в метро').getByText(chat.sent).waitFor();

    // The page itself can be had, the message does not get through.
    await page.route(/chat\.send/, (route) => route.abort());
    await write('Пишу из лифта');
    await messageWith('Пишу из лифта').getByText(chat.pending.offline).waitFor();
    await page.reload();
    await messageWith('Пишу из лифта').getByText(chat.you).waitFor();
    expect((await history()).filter(({ body }) => body === 'Пишу из лифта')).toEqual([]);
    await page.unroute(/chat\.send/);
    await messageWith('Пишу из лифта').getByText(chat.sent).waitFor();
    expect((await history()).map(({ body }) => body).slice(-2)).toEqual(['Пишу в метро', 'Пишу из лифта']);
    expect(await messageWith('Пишу из лифта').count()).toBe(1);
  });

  test('a pasted picture goes along and opens large', async () => {
    const { page } = student;
    await field().evaluate(async (element) => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [640, 400];
      canvas.getContext('2d')?.fillRect(40, 40, 300, 200);
      const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
      const data = new DataTransfer();
      data.items.add(new File([blob ?? ''], 'тетрадь.png', { type: 'image/png' }));
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    });
    await card()
      .getByRole('button', { name: chat.composer.remove('тетрадь.png') })
      .waitFor();
    await write('Моё решение');
    await card()
      .getByRole('button', { name: chat.picture.open('тетрадь.png') })
      .click();
    await page.getByRole('dialog', { name: chat.picture.title(1, 1) }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    expect((await history()).at(-1)?.files).toMatchObject([{ name: 'тетрадь.png', width: 640, height: 400 }]);
  });

  test('what was written is changed, deleted and put back', async () => {
    const { page } = student;
    await write('Ответ 12');
    await messageWith('Ответ 12').getByText(chat.sent).waitFor();
    const menu = messageWith('Ответ 12').getByRole('button', { name: /Действия с сообщением/ });
    await menu.click();
    await page.getByRole('menuitem', { name: chat.menu.edit }).click();
    await expect.poll(() => field().inputValue()).toBe('Ответ 12');
    await field().fill('Ответ 12,5');
    await card().getByRole('button', { name: chat.composer.save }).click();
    await messageWith('Ответ 12,5').getByText(chat.edited).waitFor();
    await expect.poll(() => field().inputValue()).toBe('');

    await messageWith('Ответ 12,5')
      .getByRole('button', { name: /Действия с сообщением/ })
      .click();
    await page.getByRole('menuitem', { name: chat.menu.delete }).click();
    await messageWith(chat.deleted).getByRole('button', { name: chat.menu.restore }).click();
    await messageWith('Ответ 12,5').getByText(chat.edited).waitFor();
    expect((await history()).at(-1)).toMatchObject({ body: 'Ответ 12,5', deleted: null });
    await expectAccessible(page);
  });

  test('closed and opened by the keyboard the chat keeps the focus', async () => {
    const { page } = student;
    const door = card().getByRole('button', { name: text.tasks.chat.title });
    const close = card().getByRole('button', { name: chat.task.close });
    const focused = (button: typeof door) => button.evaluate((element) => element === document.activeElement);
    await close.press('Enter');
    await expect.poll(() => focused(door)).toBe(true);
    await door.press('Enter');
    await expect.poll(() => focused(close)).toBe(true);
    await messageWith('Моё решение').waitFor();
    expect(new URL(page.url()).search).toBe('?chat');
  });

  test('a teacher answers from the inbox at a desk, and the student sees it at once', async () => {
    const { page } = teacher;
    await page.goto(`/admin/inbox/${threadId}`);
    const log = page.getByRole('log');
    await log.getByText('Ответ 12,5').waitFor();
    await write('А почему не −2?');
    await log.getByText('А почему не −2?').waitFor();
    await page.getByRole('textbox', { name: chat.composer.label, exact: true }).fill('Потому что просят больший.');
    await page.keyboard.press('Control+Enter');
    await messageWith('Потому что просят больший.').getByText(chat.teacher).waitFor();
    await log.getByText('Потому что просят больший.').waitFor();
    expect(teacher.faults).toEqual([]);
    // Those of the lost network are meant.
    expect(student.faults.filter((fault) => !/ERR_INTERNET_DISCONNECTED|ERR_FAILED|WebSocket|network/i.test(fault))).toEqual([]);
  });

  test('in an exam the tab does not tell of new messages', async () => {
    const { page } = student;
    await page.goto('/courses/informatics-80/exams/games');
    await page.getByRole('button', { name: exams.page.start }).waitFor();
    await rpc(teacher.page, 'chat.send', { threadId, clientId: crypto.randomUUID(), body: 'Есть вопросы?' });
    await expect.poll(() => page.title()).toMatch(/^\(\d+\) /);
    await page.getByRole('button', { name: exams.page.start }).click();
    await page.getByRole('dialog').getByRole('button', { name: exams.page.ask.start }).click();
    await page.waitForURL(/\/attempts\//);
    await page.locator('form input').first().waitFor();
    await expect.poll(() => page.title()).not.toMatch(/^\(/);
  });
});
