import { escapeHtml } from '../../platform/markdown/text.ts';

/** What search engines and messengers are told of a public page. Nothing of a person: everybody gets the same. */
export interface PageHead {
  title: string;
  description: string;
  /** The page's own address, whatever was added behind it. */
  url: string;
  picture: string;
}

/** The built page with these words in its head in place of those that every page has. */
export function withHead(page: string, head: PageHead): string {
  const title = escapeHtml(head.title);
  const description = escapeHtml(head.description);
  const property = (name: string, value: string) => `<meta property="og:${name}" content="${escapeHtml(value)}" />`;
  const tags = [
    `<title>${title}</title>`,
    `<meta name="description" content="${description}" />`,
    `<link rel="canonical" href="${escapeHtml(head.url)}" />`,
    property('type', 'website'),
    property('locale', 'ru_RU'),
    property('title', head.title),
    property('description', head.description),
    property('url', head.url),
    property('image', head.picture),
    '<meta name="twitter:card" content="summary_large_image" />',
  ];
  return page.replace(/\s*<meta name="description"[^>]*>/, '').replace(/<title>[^<]*<\/title>/, () => tags.join('\n    '));
}

/**
 * What is nobody's page to find: answers for programs, somebody's files, payments and letters. Pages that ask who one is first need no line here, for a
 * robot meets the way in.
 */
const closed = ['api/', 'attempts/', 'dev/', 'files/', 'pay/', 'payments/', 'trpc/', 'unsubscribe/'];

export function robotsText(publicUrl: string): string {
  return ['User-agent: *', ...closed.map((folder) => `Disallow: /${folder}`), '', `Sitemap: ${publicUrl}/sitemap.xml`, ''].join('\n');
}

export function sitemapText(addresses: string[]): string {
  const urls = addresses.map((address) => `  <url><loc>${escapeHtml(address)}</loc></url>`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ...urls,
    '</urlset>',
    '',
  ].join('\n');
}

/** Takes the place of the service worker where it is switched off: whoever has one gets rid of it, and of what it kept. */
export const farewellWorker = `self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.map((name) => caches.delete(name))))
      .then(() => self.registration.unregister()),
  );
});
`;
