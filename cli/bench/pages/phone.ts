/** A cheap phone on a slow network: how long until the largest thing of a page stands there, and how long it takes to answer a finger. */
import type { Browser, CDPSession, Page } from 'playwright-core';

/** The phone of Lighthouse: a processor four times slower than this machine's, 1.6 Mbit/s, 150 ms there and back. */
const network = { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 };
const slowdown = 4;

export interface Visit {
  /** The cookie of the session; none: a guest. */
  session?: string;
  path: string;
  /** What has to be seen before anything is done. */
  until: string;
  /** What a person does then; every step is one that they wait for. */
  act?: ((page: Page) => Promise<void>) | undefined;
  /** Headers of every request. */
  headers?: Record<string, string>;
}

/** Milliseconds; `interaction` is the slowest one, null where nothing was done. `shift` has no unit. */
export interface Seen {
  first: number;
  largest: number;
  interaction: number | null;
  shift: number;
  kilobytes: number;
}

/** Runs in the page, before everything else. */
function watch(): void {
  const seen = { first: 0, largest: 0, interaction: 0, shift: 0 };
  Object.assign(globalThis, { seen });
  const on = (type: string, take: (entry: PerformanceEntry) => void) => {
    // Of interactions those that take longer than a frame. It is not in the types yet.
    const options: PerformanceObserverInit & { durationThreshold?: number } = { type, buffered: true, durationThreshold: 16 };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) take(entry);
    }).observe(options);
  };
  on('paint', (entry) => {
    if (entry.name === 'first-contentful-paint') seen.first = entry.startTime;
  });
  on('largest-contentful-paint', (entry) => {
    seen.largest = entry.startTime;
  });
  on('layout-shift', (entry) => {
    if ('value' in entry && !('hadRecentInput' in entry && entry.hadRecentInput)) seen.shift += Number(entry.value);
  });
  on('event', (entry) => {
    if ('interactionId' in entry && Number(entry.interactionId) > 0) seen.interaction = Math.max(seen.interaction, entry.duration);
  });
}

/** One visit with an empty cache. */
export async function visit(browser: Browser, siteUrl: string, { session, path, until, act, headers }: Visit): Promise<Seen> {
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    isMobile: true,
    hasTouch: true,
    locale: 'ru-RU',
    timezoneId: 'Europe/Moscow',
    baseURL: siteUrl,
    ...(headers ? { extraHTTPHeaders: headers } : {}),
  });
  try {
    if (session) await context.addCookies([{ name: 'otlichno', value: session, url: siteUrl }]);
    await context.addInitScript(watch);
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const devTools = await context.newCDPSession(page);
    await devTools.send('Network.enable');
    await devTools.send('Network.emulateNetworkConditions', network);
    await devTools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    const bytes = countBytes(devTools);
    await page.goto(path, { waitUntil: 'load' });
    await page.locator(until).first().waitFor();
    await quiet(page);
    // The next paint, so that what was drawn last has been told.
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 100))));
    const { first, largest, shift } = await read(page);
    const kilobytes = bytes() / 1000;
    if (!act) return { first, largest, shift, kilobytes, interaction: null };
    await act(page);
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 300))));
    return { first, largest, shift, kilobytes, interaction: (await read(page)).interaction };
  } finally {
    await context.close();
  }
}

/** Nothing is on its way any more. */
async function quiet(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
}

function countBytes(devTools: CDPSession): () => number {
  let bytes = 0;
  devTools.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  return () => bytes;
}

function read(page: Page): Promise<{ first: number; largest: number; interaction: number; shift: number }> {
  return page.evaluate(() => Reflect.get(globalThis, 'seen'));
}
