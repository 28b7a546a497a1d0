/*
 * The browser's worker of the site. It keeps nothing by itself: the page writes down what is to be had without a network
 * (features/offline), and this here hands it out when the network does not answer. It knows no release and no person:
 *   site-…    what a build of the pages consists of, with the page itself under /offline
 *   theory-…  topics of one person, each under /offline/topics/COURSE/TOPIC, and the pictures in them
 * Answers of the server (/trpc) never pass through it, nor do exams, payments and the office.
 */
const page = '/offline';
const own = /^\/(?:attempts|pay|payments|admin|api|files|dev|trpc|unsubscribe)(?:\/|$)|^\/profile\/payments|\/exams\//;
const topic = /^\/courses\/([^/]+)\/([^/]+)\/?$/;

self.addEventListener('install', () => self.skipWaiting());

self.addEventListener('activate', (event) => {
  // The page is asked for while the worker is still waking up: whoever is online waits for nobody.
  event.waitUntil(Promise.all([self.clients.claim(), self.registration.navigationPreload?.enable()]));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    if (!own.test(url.pathname)) event.respondWith(visit(event, url));
  } else if (url.pathname.startsWith('/assets/')) {
    event.respondWith(kept('site-', url.pathname).then((found) => found ?? fetch(request)));
  } else if (url.pathname.startsWith('/files/') && url.search === '') {
    // Whoever may see a file has an address with a signature; without one only what was kept is asked for.
    event.respondWith(kept('theory-', url.pathname).then((found) => found ?? fetch(request)));
  }
});

/** The network has the first word: after a release nobody is shown the page of before. */
async function visit(event, url) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch (error) {
    const shell = await kept('site-', page);
    if (!shell) throw error;
    const [, course, name] = topic.exec(url.pathname) ?? [];
    const readable = url.pathname === page || (course && (await kept('theory-', `/offline/topics/${course}/${name}`)));
    return readable ? shell : Response.redirect(`${page}?next=${encodeURIComponent(url.pathname + url.search)}`);
  }
}

/** The newest that was kept under an address. */
async function kept(kind, address) {
  for (const name of (await caches.keys()).reverse()) {
    if (!name.startsWith(kind)) continue;
    const found = await (await caches.open(name)).match(address, { ignoreVary: true });
    if (found) return found;
  }
  return undefined;
}
