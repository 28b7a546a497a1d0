/** Goes to every page at every width and in both languages, looks around and takes a picture. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { lookAround, shiftSoFar, watchShifts } from './look.ts';
import type { Visit } from './pages.ts';
import type { DemoSchool, Somebody } from './school.ts';

export interface Finding {
  what: string;
  page: string;
}

interface Options {
  folder: string;
  /** Source of the accessibility checker. */
  axe: string;
  say: (line: string) => void;
  locales: readonly ('ru' | 'en')[];
  /** The system has colours of its own, as those of high contrast. */
  forcedColors: boolean;
}

/** 640 px is a window of 1280 at 200 %. */
const widths = [360, 640, 768, 1280] as const;

export async function walk(browser: Browser, school: DemoSchool, visits: Visit[], options: Options): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const locale of options.locales) {
    for (const [who, visitsOf] of Map.groupBy(visits, (visit) => visit.who)) {
      for (const touch of [true, false]) {
        const context = await aContext(browser, school, who, locale, touch);
        for (const visit of visitsOf) await visitPage(context, visit, locale, touch, options, findings);
        await context.close();
        await writeFile(join(options.folder, 'findings.json'), JSON.stringify(findings, null, 1));
        options.say(`${locale} ${who} ${touch ? 'phone' : 'desktop'}: ${visitsOf.length} pages, ${findings.length} findings so far`);
      }
    }
  }
  return findings;
}

export function aContext(
  browser: Browser,
  school: DemoSchool,
  who: Visit['who'],
  locale: 'ru' | 'en',
  touch: boolean,
): Promise<BrowserContext> {
  return signedInContext(browser, school, who === 'guest' ? null : school[who], locale, touch);
}

export async function signedInContext(
  browser: Browser,
  school: DemoSchool,
  person: Somebody | null,
  locale: 'ru' | 'en',
  touch: boolean,
): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: touch ? 360 : 1280, height: touch ? 740 : 800 },
    isMobile: touch,
    hasTouch: touch,
    locale: 'ru-RU',
    timezoneId: 'Europe/Moscow',
    baseURL: school.url,
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
  });
  await context.addInitScript(watchShifts);
  // The language of the account wins over the device's, so the account's is changed on the wire.
  await context.addInitScript((chosen) => localStorage.setItem('otlichno.locale', chosen), locale);
  if (!person) return context;
  const [name = '', value = ''] = person.cookie.split('=');
  await context.addCookies([{ name, value, url: school.url }]);
  await context.request.post('/trpc/people.updateMe', { data: { locale }, headers: { origin: school.url } });
  return context;
}

async function visitPage(
  context: BrowserContext,
  visit: Visit,
  locale: 'ru' | 'en',
  touch: boolean,
  options: Options,
  findings: Finding[],
) {
  const page = await context.newPage();
  if (options.forcedColors) await page.emulateMedia({ forcedColors: 'active' });
  const place = `${visit.name}-${locale}`;
  const note = (what: string, width: number) => findings.push({ what, page: `${place}-${width}` });
  const first = touch ? 360 : 1280;
  page.on('console', (message) => {
    const text = message.text();
    // A page that is not there is answered as such; the browser notes the answer as an error.
    if (message.type() === 'error' && !/status of 404/.test(text)) note(`console: ${text.slice(0, 200)}`, first);
  });
  page.on('pageerror', (error) => note(`exception: ${error.message.slice(0, 200)}`, first));
  try {
    await page.goto(visit.path);
    await settle(page);
    const shift = await page.evaluate(shiftSoFar);
    if (shift.sum > 0.02) note(`moved by ${shift.sum.toFixed(3)} while loading: ${shift.who.join(' | ')}`, first);
    for (const width of widths) {
      if (touch !== width < 768) continue;
      await page.setViewportSize({ width, height: touch ? 740 : 800 });
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
      const office = visit.path.startsWith('/admin');
      for (const what of await page.evaluate(lookAround, { touch: touch && !office, locale })) note(what, width);
      if (width === 360 || width === 1280) for (const what of await accessibility(page, options.axe)) note(what, width);
      await page.screenshot({ path: join(options.folder, `${place}-${width}.png`), fullPage: true, animations: 'disabled' });
    }
    await largerText(page, note);
    if (!touch && locale === 'ru') for (const what of await byKeyboard(page)) note(what, 1280);
  } catch (error) {
    note(`could not be looked at: ${error instanceof Error ? error.message.split('\n')[0] : error}`, first);
  } finally {
    await page.close();
  }
}

/** The title is there, nothing is waited for and no skeleton is left. */
export async function settle(page: Page): Promise<void> {
  await page.locator('h1:visible').first().waitFor({ timeout: 15_000 });
  await page
    .waitForFunction(() => !document.querySelector('[aria-busy=true], [class*=skeleton], [class*=Skeleton]'), undefined, { timeout: 8000 })
    .catch(() => undefined);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.waitForLoadState('networkidle', { timeout: 3000 }).catch(() => undefined);
}

/** Whoever has set larger letters in the browser gets them, and nothing sticks out. */
async function largerText(page: Page, note: (what: string, width: number) => void): Promise<void> {
  const before = await page.evaluate(() => Number.parseFloat(getComputedStyle(document.querySelector('h1') ?? document.body).fontSize));
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '150%';
  });
  const { after, out, small } = await page.evaluate(() => {
    const root = document.documentElement;
    const small = [...document.querySelectorAll('p, span, a, button, td, li, label')].filter(
      (element) =>
        element.getClientRects().length > 0 &&
        element.textContent?.trim() &&
        element.children.length === 0 &&
        Number.parseFloat(getComputedStyle(element).fontSize) < 16.5,
    );
    return {
      after: Number.parseFloat(getComputedStyle(document.querySelector('h1') ?? document.body).fontSize),
      out: root.scrollWidth - root.clientWidth,
      small: small.slice(0, 3).map((element) => `${element.tagName.toLowerCase()}.${element.className}`),
    };
  });
  const width = page.viewportSize()?.width ?? 0;
  if (after < before * 1.2) note('the title does not grow with the browser’s letters', width);
  if (out > 0) note(`larger letters: sideways scroll by ${out}`, width);
  for (const who of small) note(`does not grow with the browser’s letters: ${who}`, width);
}

async function accessibility(page: Page, checker: string): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(checker);
  return page.evaluate(async () => {
    const { axe: run } = globalThis as unknown as { axe: typeof axe };
    // What the bar at the foot of a phone covers can be scrolled from under it.
    const style = document.createElement('style');
    const bars = [...document.querySelectorAll('nav')].filter((nav) => getComputedStyle(nav).position === 'fixed');
    for (const bar of bars) bar.style.setProperty('position', 'static', 'important');
    const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations } = await run.run({ runOnly, resultTypes: ['violations'], preload: false });
    for (const bar of bars) bar.style.removeProperty('position');
    style.remove();
    return violations.map(
      ({ id, nodes }) =>
        `axe ${id}: ${nodes
          .map((node) => node.target.join(' '))
          .slice(0, 2)
          .join(', ')}`,
    );
  });
}

/** Through the page by Tab: each stop can be seen, and the way ends. */
async function byKeyboard(page: Page): Promise<string[]> {
  const found: string[] = [];
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '';
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    window.scrollTo(0, 0);
  });
  const most = 60;
  const seen = new Set<number>();
  for (let step = 0; step < most; step++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const all = (globalThis as { stops?: Map<Element, number> }).stops ?? new Map<Element, number>();
      Object.assign(globalThis, { stops: all });
      const known = all.get(element);
      if (known === undefined) all.set(element, all.size);
      const rings = [
        element,
        ...(element.parentElement ? [element.parentElement] : []),
        ...(element.closest('label') ? [element.closest('label') as Element] : []),
      ];
      const ring = rings.some((one) =>
        [undefined, '::after', '::before'].some((part) => {
          const style = getComputedStyle(one, part);
          return (
            (style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0) || (one === element && style.boxShadow !== 'none')
          );
        }),
      );
      // Fields draw the ring as another colour of their border.
      const field = element.matches('input, textarea, select, [contenteditable=true]');
      const text = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40);
      return {
        at: all.get(element) ?? 0,
        again: known !== undefined,
        ring: ring || field,
        who: `${element.tagName.toLowerCase()} «${text}»`,
      };
    });
    if (!stop) break;
    if (step === 0 && !/skip|содерж/i.test(stop.who)) found.push(`the first stop is no skip link: ${stop.who}`);
    // The same twice in a row is where the keyboard stays.
    if (stop.again && seen.has(stop.at) && seen.size < 3) found.push(`keyboard trap: ${stop.who}`);
    if (stop.again) break;
    seen.add(stop.at);
    if (!stop.ring) found.push(`focus is not seen: ${stop.who}`);
  }
  return found;
}
