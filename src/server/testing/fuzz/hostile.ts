/** Inputs that no page of ours sends: values of every wrong kind, at places of an input that would be right. */
import type { Random } from './random.ts';

/** Only JSON can arrive, so these are values as JSON.parse makes them: 1e400 is Infinity there, `__proto__` a key like any other. */
const parsed = (json: string): unknown => JSON.parse(json);
const long = (piece: string, length: number) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length);

const texts = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud83d',
  'х\udc00х',
  '\u202eabc\u2066',
  `а${long('\u0301', 60)}`,
  '\u200b\ufeff',
  '👩‍👩‍👧‍👦',
  '﷽﷽',
  'ﬃ½①',
  'İ',
  'null',
  'undefined',
  'NaN',
  '[object Object]',
  '__proto__',
  'constructor',
  'toString',
  `'; DROP TABLE person; --`,
  `' OR 1=1 --`,
  '$1',
  '%',
  '\\',
  '\\u0000',
  '{{7*7}}<%= 7 %>',
  '=HYPERLINK("http://x","y")',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '../../../../etc/passwd',
  '..\\..\\x',
  '%2e%2e%2f',
  'a\r\nBcc: x@example.ru',
  'javascript:alert(1)',
  'http://169.254.169.254/latest/meta-data',
  '0000-00-00',
  '0000-01-01',
  '9999-12-31',
  '+275760-09-13T00:00:00.000Z',
  '2026-02-30',
  '2026-11-24T24:00:00Z',
  '2026-11-24T12:00:00+99:99',
  '-1',
  '1e400',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  'eyJhIjoxfQ==',
  'W10',
  'WzEsMl0',
  'W251bGwsbnVsbCxudWxsXQ',
];

const values: unknown[] = [
  null,
  true,
  0,
  -0,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  -(2 ** 53),
  2 ** 63,
  1e21,
  5e-324,
  ...['1e400', '-1e400', '[]', '{}', '[[]]', '[null]', '{"length":3}', '{"toString":1,"valueOf":2}'].map(parsed),
  ...['{"__proto__":{"role":"moderator"}}', '{"constructor":{"prototype":{"role":"moderator"}}}', '{"$ne":null}', '{"in":[]}'].map(parsed),
  parsed(`${'['.repeat(500)}${']'.repeat(500)}`),
  parsed(`${'{"a":'.repeat(300)}1${'}'.repeat(300)}`),
];

/** Keys that a form might be talked into taking. */
const extras: Record<string, unknown> = {
  role: 'moderator',
  blockedAt: null,
  personId: '00000000-0000-4000-8000-000000000000',
  priceMinor: 0,
  amountMinor: 0,
  isAdmin: true,
  id: 'x',
  actor: { role: 'moderator' },
};

export function aHostile(random: Random): unknown {
  if (random.chance(0.12)) {
    const length = random.of([79, 80, 81, 100, 101, 200, 254, 255, 1000, 2001, 10_001, 50_000, 300_000]);
    return long(random.of(['а', '😀', 'a ', '](', '\u0301', '9', '\n', '*_', '$x$ ', '- ', '|', '\\', '%', '(']), length);
  }
  if (random.chance(0.05)) return Array.from({ length: random.of([21, 101, 501, 5000]) }, () => 'x');
  return random.chance(0.6) ? random.of(texts) : random.of(values);
}

/** The same input with one or two places of it turned hostile. What it was made from stays as it was. */
export function spoiled(input: unknown, random: Random): unknown {
  const copy: unknown = input === undefined ? undefined : structuredClone(input);
  const places = placesOf(copy);
  if (places.length === 0 || random.chance(0.06)) return aHostile(random);
  for (let times = random.of([1, 1, 1, 2, 3]); times > 0; times -= 1) {
    const { holder, key } = random.of(places);
    if (random.chance(0.1)) Reflect.deleteProperty(holder, key);
    else if (random.chance(0.12)) random.of([addExtra, addProto])(holder, random);
    else Reflect.set(holder, key, near(Reflect.get(holder, key), random));
  }
  return copy;
}

/** Often only a little beside what stood there: the next number, a text of the same letters. */
function near(value: unknown, random: Random): unknown {
  if (typeof value === 'number' && random.chance(0.6))
    return random.of([value + 1, value - 1, value + 0.5, -value, value * 1e9, String(value)]);
  if (typeof value === 'string' && random.chance(0.35)) {
    return random.of([
      `${value}\0`,
      value.toUpperCase(),
      ` ${value} `,
      value.slice(0, -1),
      `${value}${value}`,
      `${value}\ud800`,
      [value],
      { value },
    ]);
  }
  if (Array.isArray(value) && value.length > 0 && random.chance(0.5)) {
    const [first] = value;
    return Array.from({ length: random.of([2, 51, 301, 2001]) }, () => first);
  }
  return aHostile(random);
}

function addExtra(holder: object, random: Random): void {
  const name = random.of(Object.keys(extras));
  if (!Array.isArray(holder) && !(name in holder)) Reflect.set(holder, name, extras[name]);
}

/** An own key of this name, as JSON.parse makes it. */
function addProto(holder: object, random: Random): void {
  const name = random.of(['__proto__', 'constructor', 'prototype', 'toString']);
  Object.defineProperty(holder, name, { value: { role: 'moderator' }, enumerable: true, configurable: true, writable: true });
}

function placesOf(value: unknown): { holder: object; key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value)
    .slice(0, 50)
    .flatMap((key) => [{ holder: value, key }, ...placesOf(Reflect.get(value, key))]);
}
