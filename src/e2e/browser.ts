import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type axe from 'axe-core';
import { type Browser, type BrowserContext, errors, type Locator, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { chromiumPath, launchChromium } from '#server/testing/chromium.ts';

/** Contexts whose visitors have left, by what they are like. */
const left = new Map<string, BrowserContext[]>();
let launched: Promise<Browser> | undefined;

/**
 * The Chromium of the machine; `npm test` has found or installed one and names it in CHROMIUM_PATH. The files of a worker share one: what it has
 * compiled serves the next file, whose site is at the same address, and it ends with the worker.
 */
export async function launchBrowser(): Promise<Browser> {
  const former = await launched?.catch(() => undefined);
  if (former?.isConnected()) return former;
  left.clear();
  launched = launch();
  return launched;
}

async function launch(): Promise<Browser> {
  const browser = await launchChromium(chromiumPath());
  // A file closes what it has opened, and what a journey that failed has left open.
  const ends = new Map<BrowserContext, () => Promise<void>>();
  browser.on('context', (context) => ends.set(context, context.close.bind(context)));
  browser.close = async () => {
    const kept = new Set([...left.values()].flat());
    for (const context of browser.contexts()) if (!kept.has(context)) await ends.get(context)?.();
  };
  return browser;
}

export const screens = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 800 } } as const;
export type Screen = keyof typeof screens;

export interface Visitor {
  page: Page;
  context: BrowserContext;
  /** What went wrong in the page so far: console errors, exceptions, requests to other hosts, breaches of the page's own security policy. */
  faults: string[];
}

/**
 * Nothing of a visitor stays in the context but the scripts in its cache, which would be loaded and compiled anew in another one: half the time of most
 * journeys.
 */
async function leave(context: BrowserContext, kind: string, siteUrl: string): Promise<void> {
  await context.setOffline(false);
  await context.unrouteAll({ behavior: 'ignoreErrors' });
  // While a page is there: what it holds is cleared through it.
  const page = await context.newPage();
  for (const other of context.pages()) if (other !== page) await other.close();
  const devTools = await context.newCDPSession(page);
  await devTools.send('Storage.clearDataForOrigin', { origin: siteUrl, storageTypes: 'all' });
  await devTools.detach();
  await context.clearCookies();
  left.set(kind, [...(left.get(kind) ?? []), context]);
}

async function aContext(browser: Browser, siteUrl: string, screen: Screen): Promise<BrowserContext> {
  const kind = `${siteUrl} ${screen}`;
  const used = left.get(kind)?.pop();
  if (used) return used;
  const context = await browser.newContext({
    viewport: screens[screen],
    hasTouch: screen === 'phone',
    isMobile: screen === 'phone',
    locale: 'ru-RU',
    timezoneId: 'Europe/Moscow',
    baseURL: siteUrl,
    reducedMotion: 'reduce',
    // What a test tells of the network, or makes of it, would pass by a worker: reading without one has a journey of its own.
    serviceWorkers: 'block',
  });
  // Told in the page's own words: what was refused and where. It comes to `faults` as any other exception.
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile, lineNumber, sample }) =>
      reportError(new Error(`policy: ${effectiveDirective} ${blockedURI} ${sourceFile}:${lineNumber} ${sample}`)),
    );
  });
  context.close = () => leave(context, kind, siteUrl);
  return context;
}

/** How long a step waits for what it needs. */
const patience = 15_000;

/**
 * Playwright looks for what a step waits for after 20, 50, 100 and 100 ms and from then on twice a second: what takes 300 ms is seen after 770. So its
 * wait is begun anew every time it would become slow.
 */
function lookOften(page: Page): void {
  const locators: Locator = Object.getPrototypeOf(page.locator('html'));
  if (hurried.has(locators)) return;
  hurried.add(locators);
  const { waitFor } = locators;
  locators.waitFor = async function (this: Locator, { timeout = patience, ...options } = {}) {
    const end = performance.now() + timeout;
    // Longer every time: on a machine that is very busy a single look may take as long.
    for (let part = 290; performance.now() + part < end; part *= 1.2) {
      try {
        return await waitFor.call(this, { ...options, timeout: part });
      } catch (error) {
        if (!(error instanceof errors.TimeoutError)) throw error;
      }
    }
    try {
      await waitFor.call(this, { ...options, timeout: Math.max(1, end - performance.now()) });
    } catch (error) {
      if (error instanceof errors.TimeoutError) error.message += `\n${await whatIsThere(this.page())}`;
      throw error;
    }
  };
}

/** For the report of a journey that waited in vain: where it was, and what could be read there instead. */
async function whatIsThere(page: Page): Promise<string> {
  const text = await page.locator('body').innerText({ timeout: 1_000 }).catch(String);
  return `The page was ${page.url()}: ${text.replaceAll(/\s+/g, ' ').slice(0, 1500)}`;
}

const hurried = new WeakSet<Locator>();

/** Somebody with a browser of their own. Errors in the console and requests to other hosts are collected as faults. */
export async function aVisitor(browser: Browser, siteUrl: string, screen: Screen): Promise<Visitor> {
  const context = await aContext(browser, siteUrl, screen);
  // The page through which the visitor before was cleared has been nowhere.
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(patience);
  lookOften(page);
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.origin !== siteUrl) faults.push(`request to ${url.origin}`);
  });
  return { page, context, faults };
}

// Half as much to read anew after every load of a page as what the package names its source.
const checkerSource = readFileSync(fileURLToPath(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url)), 'utf8');

/** No rule of WCAG 2.2 AA that a machine can check is broken, and nothing sticks out sideways. */
export async function expectAccessible(page: Page): Promise<void> {
  // What the bar at the foot of a phone covers can be scrolled from under it: the checker takes it for too small a target.
  // By script: the site's policy takes no foreign style element.
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('nav { position: static !important; }');
    document.adoptedStyleSheets.push(sheet);
  });
  // Evaluated, not added as a script: the site's policy forbids foreign scripts.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(checkerSource);
  const violations = await page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: typeof axe };
    const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    return (await checker.run({ runOnly, resultTypes: ['violations'], preload: false })).violations;
  });
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
  expect(found, `accessibility of ${page.url()}`).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow, `sideways scroll at ${page.url()}`).toBeLessThanOrEqual(0);
}

/** The same at the other width too, for what a journey does at one width only. */
export async function expectAccessibleAtBothWidths(page: Page): Promise<void> {
  await expectAccessible(page);
  const own = page.viewportSize() ?? screens.desktop;
  await page.setViewportSize(own.width === screens.phone.width ? screens.desktop : screens.phone);
  await expectAccessible(page);
  await page.setViewportSize(own);
}
