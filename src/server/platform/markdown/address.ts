/** Where a link or a picture of a Markdown text leads. */
export type Address =
  /** A file of the text's own topic. */
  | { kind: 'file'; name: string }
  /** A place in the same text. */
  | { kind: 'anchor'; fragment: string }
  | { kind: 'inside'; href: string }
  | { kind: 'outside'; href: string }
  | { kind: 'mail'; href: string }
  /** Nowhere a link of ours may lead. */
  | { kind: 'refused' };

/** Names of files in `files/`. Nothing in them needs an escape in an address, a path or a shell. */
export const fileNamePattern = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$/;

const nowhere = 'http://nowhere.invalid';

/** @param siteUrl address of the school: absolute links to it count as links inside */
export function readAddress(typed: string, siteUrl: string = nowhere): Address {
  const file = /^(?:\.\/)?files\/([^/?#]+)$/.exec(typed)?.[1];
  if (file !== undefined) return fileNamePattern.test(file) ? { kind: 'file', name: file } : { kind: 'refused' };
  if (typed.startsWith('#')) return { kind: 'anchor', fragment: decoded(typed.slice(1)) };
  // A relative path would lead elsewhere from every page that shows the text.
  if (!/^(\/|https?:|mailto:)/i.test(typed)) return { kind: 'refused' };
  const site = new URL(siteUrl);
  // The parser of the platform, because browsers use the same: «/\host» and «//host» are other hosts, «ht\ntps:» is https.
  const url = URL.parse(typed, site);
  if (!url) return { kind: 'refused' };
  if (url.protocol === 'mailto:') return { kind: 'mail', href: url.href };
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return { kind: 'refused' };
  if (url.host !== site.host) return { kind: 'outside', href: url.href };
  // A path that begins with two slashes would be another host again.
  return { kind: 'inside', href: url.pathname.replace(/^\/+/, '/') + url.search + url.hash };
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
