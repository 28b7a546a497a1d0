import { existsSync } from 'node:fs';
import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];

/** The Chromium of the machine; `npm test` has found or installed one and names it in CHROMIUM_PATH. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? candidates.find((path) => existsSync(path));
  return chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    // Without a locale of UTF-8 it finds no file with a Russian name.
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export const screens = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 800 } } as const;
export type Screen = keyof typeof screens;

export interface Visitor {
  page: Page;
  context: BrowserContext;
  /** What went wrong in the page so far: console errors, exceptions, requests to other hosts. */
  faults: string[];
}

/** Contexts whose visitors have left, by what they are like. */
const left = new Map<string, BrowserContext[]>();

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
  await context.clearCookies();
  await page.close();
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
  });
  context.close = () => leave(context, kind, siteUrl);
  return context;
}

/** Somebody with a browser of their own. Errors in the console and requests to other hosts are collected as faults. */
export async function aVisitor(browser: Browser, siteUrl: string, screen: Screen): Promise<Visitor> {
  const context = await aContext(browser, siteUrl, screen);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
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

/** No rule of WCAG 2.2 AA that a machine can check is broken, and nothing sticks out sideways. */
export async function expectAccessible(page: Page): Promise<void> {
  // What the bar at the foot of a phone covers can be scrolled from under it: the checker takes it for too small a target.
  await page.addStyleTag({ content: 'nav { position: static !important; }' });
  // Evaluated, not added as a script: the site's policy forbids foreign scripts.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
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
