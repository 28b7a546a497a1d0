/** Address of a page of the way in that leads back to `next` afterwards. */
export function withNext(to: string, next: string | null): string {
  return next && next !== '/' ? `${to}?next=${encodeURIComponent(next)}` : to;
}

/**
 * The page to return to after signing in, or null. Only a path of this very site: an address of another one in the query would make us send
 * people there with our good name.
 */
export function safeNext(search: string, origin: string): string | null {
  const next = new URLSearchParams(search).get('next');
  if (!next?.startsWith('/') || /[\\\p{Cc}]/u.test(next)) return null;
  try {
    const url = new URL(next, origin);
    if (url.origin !== origin || /^\/(login|register|admin\/login)(\/|$)/.test(url.pathname)) return null;
    return url.pathname + url.search + url.hash;
  } catch {
    return null;
  }
}
