/** A piece of what Telegram shows. */
export type TelegramNode = string | { tag: TelegramTag; href: string | null; children: TelegramNode[] };

const tags = {
  b: 'b',
  strong: 'b',
  i: 'i',
  em: 'i',
  u: 'u',
  ins: 'u',
  s: 's',
  strike: 's',
  del: 's',
  'tg-spoiler': 'spoiler',
  a: 'a',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
} as const;
export type TelegramTag = (typeof tags)[keyof typeof tags];

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' };

/**
 * The HTML that goes to Telegram as a tree. It knows the tags that Telegram knows and nothing else: whatever is no such tag is text, as Telegram would
 * refuse it, and nothing of it can become markup of our page.
 */
export function parseTelegram(html: string): TelegramNode[] {
  const root: TelegramNode[] = [];
  const open: { name: string; children: TelegramNode[] }[] = [];
  const here = () => open.at(-1)?.children ?? root;
  for (const [piece, closing, name, attributes] of html.matchAll(/<(\/?)([a-z-]+)((?:\s+[a-z-]+(?:="[^"<>]*")?)*)\s*>|[^<]+|</gi)) {
    const known = name?.toLowerCase();
    if (!isTag(known)) {
      here().push(decoded(piece));
    } else if (closing) {
      const at = open.findLastIndex((one) => one.name === known);
      if (at !== -1) open.length = at;
    } else {
      const children: TelegramNode[] = [];
      here().push({ tag: tags[known], href: known === 'a' ? safeAddress(attributes ?? '') : null, children });
      open.push({ name: known, children });
    }
  }
  return root;
}

function isTag(name: string | undefined): name is keyof typeof tags {
  return name !== undefined && Object.hasOwn(tags, name);
}

function safeAddress(attributes: string): string | null {
  const found = /\shref="([^"]*)"/i.exec(attributes)?.[1];
  const address = found === undefined ? '' : decoded(found);
  return /^(?:https?|mailto|tel|tg):/i.test(address) ? address : null;
}

function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(lt|gt|amp|quot));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return entities[name.toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
