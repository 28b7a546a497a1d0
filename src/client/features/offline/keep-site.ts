/** The page of this build under the address by which the worker finds it. */
const page = '/offline';

let site: Promise<Cache | null> | undefined;

/** Keeps the page and all files of this build that reading takes, so that the worker has them when the network is gone. */
export async function keepSite(): Promise<void> {
  site ??= openSite();
  const cache = await site.catch(() => null);
  // A request got lost: the next topic tries again.
  if (!cache) site = undefined;
  else await keepLoaded(cache);
}

/** Null: there was a release since this tab was loaded, and the next load keeps the new files, not a mixture of both. */
async function openSite(): Promise<Cache | null> {
  await Promise.all([import('./offline-page.tsx'), import('./kept-topic.tsx'), import('../courses/topic-page.tsx')]);
  // Without cookies: the page that is kept is nobody's.
  const answer = await fetch(page, { credentials: 'omit', cache: 'no-cache' });
  const html = await answer.clone().text();
  const build = /src="(\/assets\/[^"]+\.js)"/.exec(html)?.[1];
  // A page that begins its script later names it in a link.
  if (!answer.ok || build === undefined || !document.querySelector(`script[src="${build}"], link[href="${build}"]`)) return null;
  const name = `site-${build.replace(/\W/g, '-')}`;
  const cache = await caches.open(name);
  await keepFonts(cache);
  await add(
    cache,
    [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, file = '']) => file),
  );
  await keepLoaded(cache);
  // Last of all: with the page in it the cache is whole.
  await cache.put(page, answer);
  await dropOlder(name);
  return cache;
}

/** Whatever this tab has fetched so far: chunks, styles, fonts. */
async function keepLoaded(cache: Cache): Promise<void> {
  await document.fonts.ready;
  const loaded = performance.getEntriesByType('resource').map(({ name }) => new URL(name));
  const { origin } = window.location;
  await add(
    cache,
    loaded.filter((url) => url.origin === origin && url.pathname.startsWith('/assets/')).map((url) => url.pathname),
  );
}

/** Sixty at once would keep a cheap phone from answering a finger. */
const together = 6;

async function add(cache: Cache, files: string[]): Promise<void> {
  const there = new Set((await cache.keys()).map((request) => new URL(request.url).pathname));
  const missing = [...new Set(files).difference(there)];
  for (let at = 0; at < missing.length; at += together) await cache.addAll(missing.slice(at, at + together));
}

/** Fonts of formulas in topics that were read in an earlier build keep their names. */
async function keepFonts(cache: Cache): Promise<void> {
  for (const name of await siteCaches()) {
    const other = await caches.open(name);
    for (const request of await other.keys()) {
      if (!request.url.endsWith('.woff2') || (await cache.match(request))) continue;
      const font = await other.match(request);
      if (font) await cache.put(request, font);
    }
  }
}

/** The build before this one stays: a tab that was opened then may still ask for its files. */
async function dropOlder(name: string): Promise<void> {
  const others = (await siteCaches()).filter((other) => other !== name);
  await Promise.all(others.slice(0, -1).map((other) => caches.delete(other)));
}

const siteCaches = async () => (await caches.keys()).filter((name) => name.startsWith('site-'));
