/** What is allowed inside what: stricter than Telegram itself, which mends some of it in silence. */
const within: Record<string, RegExp> = {
  b: /^(?:b|i|s|a|blockquote)$/,
  i: /^(?:b|i|s|a|blockquote)$/,
  s: /^(?:b|i|s|a|blockquote)$/,
  a: /^(?:b|i|s|blockquote)$/,
  code: /^blockquote$/,
  pre: /^$/,
  blockquote: /^$/,
};

const token =
  /<pre><code class="language-[\w+#.-]+">|<\/code><\/pre>|<a href="https?:\/\/[^"<>&\s]*(?:&(?:amp|lt|gt|quot|#39);[^"<>&\s]*)*">|<\/?(?:b|i|s|a|code|pre|blockquote)>|&(?:amp|lt|gt);|[^<>&]+/y;
const letters: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/**
 * Reads HTML of Telegram as strictly as can be: what is seen, and how many entities there are.
 * @throws Error at the first sign that does not belong
 */
export function visibleTelegram(html: string): { text: string; entities: number } {
  const open: { name: string; from: number }[] = [];
  let text = '';
  let entities = 0;
  token.lastIndex = 0;
  while (token.lastIndex < html.length) {
    const at = token.lastIndex;
    const found = token.exec(html)?.[0];
    if (found === undefined) throw new Error(`at ${at}: ${html.slice(at, at + 40)}`);
    if (found.startsWith('</')) {
      const name = found === '</code></pre>' ? 'program' : found.slice(2, -1);
      const last = open.pop();
      if (last?.name !== name) throw new Error(`at ${at}: ${found} ends ${last?.name ?? 'nothing'}`);
      if (last.from === text.length) throw new Error(`at ${at}: ${found} marks nothing`);
    } else if (found.startsWith('<')) {
      const name = found.startsWith('<pre><code') ? 'program' : (/^<(\w+)/.exec(found)?.[1] ?? '');
      const allowed = within[name === 'program' ? 'pre' : name];
      for (const around of open) if (!allowed?.test(around.name)) throw new Error(`at ${at}: ${found} in ${around.name}`);
      if (open.some((around) => around.name === name)) throw new Error(`at ${at}: ${found} in itself`);
      open.push({ name, from: text.length });
      entities += 1;
    } else {
      text += letters[found] ?? found;
    }
  }
  if (open.length > 0) throw new Error(`not closed: ${open.map(({ name }) => name).join(' ')}`);
  return { text, entities };
}
