import { describe, expect, test } from 'vitest';
import { visibleTelegram } from '../../testing/telegram-html.ts';
import { toMailHtml } from './mail-html.ts';
import { toPlainText } from './plain.ts';
import { toTelegram } from './telegram.ts';

const siteUrl = 'https://school.example';

/** The same numbers every time: a text that fails is found again by its seed. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const scraps = [
  ...[
    '**',
    '_',
    '~~',
    '`',
    '```',
    '```py',
    '\n',
    '\n\n',
    '\n\n',
    '> ',
    '> > ',
    '- ',
    '1. ',
    '   ',
    '\t',
    '# ',
    '| a | b |\n|---|:-:|\n| ',
    ' | ',
  ],
  ...[
    '[',
    '](',
    ')',
    '![',
    '](/x)',
    '](https://e.org/a?b=1&c=2)',
    '](files/a.png)',
    '<b>',
    '</b>',
    '<a href="x">',
    '<!--',
    '-->',
    '&amp;',
    '&lt;',
  ],
  ...[
    '&',
    '<',
    '>',
    '"',
    "'",
    '\\',
    '$',
    '$$',
    '\\frac{1}{2}',
    '\\begin{cases}',
    '[^1]',
    '\n[^1]: ',
    '---',
    '***',
    '- [x] ',
    'https://e.org/x',
    'a@b.ru',
  ],
  ...[
    'слово ',
    'слово ',
    'ещё одно слово ',
    'x',
    '🎓',
    '👩‍👩‍👧‍👦',
    '🇷🇺',
    'е\u0301',
    '\u200d',
    '\u0301',
    '\ud83c',
    '\udf93',
    '\u0000',
    '\u202e',
    '\u00a0',
    '\r\n',
    'ы'.repeat(700),
  ],
];

function aText(seed: number): string {
  const next = numbersFrom(seed);
  const length = Math.floor(next() ** 3 * 400) + 1;
  return Array.from({ length }, () => scraps[Math.floor(next() * scraps.length)]).join('');
}

const seeds = Array.from({ length: 60 }, (_, seed) => seed);

function withSeed(seed: number, check: () => void): void {
  try {
    check();
  } catch (error) {
    throw new Error(`seed ${seed}: ${JSON.stringify(aText(seed)).slice(0, 2000)}`, { cause: error });
  }
}

describe('whatever is typed', () => {
  test.each(['joined', 'kept'] as const)('Telegram takes it, lines %s', (lines) => {
    let several = 0;
    for (const seed of seeds) {
      withSeed(seed, () => {
        const { pieces } = toTelegram(aText(seed), { siteUrl, lines, room: 1024 });
        if (pieces.length > 1) several += 1;
        for (const { html, length } of pieces) {
          const { text, entities } = visibleTelegram(html);
          expect(text.length).toBe(length);
          expect(length).toBeLessThanOrEqual(1024);
          expect(entities).toBeLessThanOrEqual(100);
          expect(text.isWellFormed()).toBe(true);
          expect(text.trim()).not.toBe('');
        }
      });
    }
    expect(several).toBeGreaterThan(5);
  });

  test('nothing that is seen gets lost at a cut', () => {
    const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '');
    for (const seed of seeds) {
      withSeed(seed, () => {
        const source = aText(seed);
        const once = toTelegram(source, { siteUrl }).pieces.map(({ html }) => visibleTelegram(html).text);
        const twice = toTelegram(source, { siteUrl, room: 50 }).pieces.map(({ html }) => visibleTelegram(html).text);
        expect(letters(twice.join(''))).toBe(letters(once.join('')));
      });
    }
  });

  test('a letter has no scripts, no ids, no addresses of other kinds and no styles of the author', () => {
    const style = /^(?:[a-z-]+:[^;:<>&]*(?:;|$))+$/;
    for (const seed of seeds) {
      withSeed(seed, () => {
        expect(toPlainText(aText(seed), { siteUrl }).isWellFormed()).toBe(true);
        const html = toMailHtml(aText(seed), { siteUrl });
        for (const [tag, name, attributes] of html.matchAll(/<([a-z0-9]+)((?: [a-z]+(?:="[^"]*")?)*)>/g)) {
          expect(tag).not.toMatch(/^<(?:script|style|iframe|form|input|svg|object)/);
          for (const [, attribute, value = ''] of (attributes ?? '').matchAll(/ ([a-z]+)(?:="([^"]*)")?/g)) {
            expect(['class', 'style', 'href', 'align', 'start'], `${name} ${attribute}`).toContain(attribute);
            if (attribute === 'href') expect(value).toMatch(/^(?:https?:\/\/|mailto:)/);
            if (attribute === 'style') expect(value.replaceAll(/&#x27;/g, '')).toMatch(style);
          }
        }
        expect(html).not.toMatch(/<a [^>]*>(?:(?!<\/a>).)*<a /s);
        expect(html.replaceAll(/<[a-z0-9]+(?: [a-z]+(?:="[^"]*")?)*>|<\/[a-z0-9]+>/g, '')).not.toContain('<');
      });
    }
  });
});

test.each([
  ['quotations without end', '> '.repeat(5000)],
  ['lists without end', '- '.repeat(5000)],
  ['lists in lists', Array.from({ length: 300 }, (_, depth) => `${'  '.repeat(depth)}- x`).join('\n')],
  ['asterisks', '*a_'.repeat(20_000)],
  ['brackets', '['.repeat(50_000)],
  ['formulas', '$x^2$ '.repeat(1000)],
  ['a program of thousands of lines', `\`\`\`\n${'x\n'.repeat(5000)}\`\`\``],
  ['a table of a thousand rows', `|a|b|\n|-|-|\n${'|1|2|\n'.repeat(1000)}`],
  ['a quarter of a million letters', 'слово '.repeat(40_000)],
])('%s: no harm done', (_, source) => {
  for (const lines of ['joined', 'kept'] as const) {
    const { pieces } = toTelegram(source, { siteUrl, lines });
    for (const { html } of pieces) visibleTelegram(html);
    expect(pieces.length).toBeGreaterThan(0);
  }
});
