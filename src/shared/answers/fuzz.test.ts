import { describe, expect, test } from 'vitest';
import { checkAnswer } from './check.ts';
import { answerFormat, answerValueSchema } from './format.ts';
import { gridFromText } from './grid.ts';
import { readAnswer } from './read.ts';
import type { AnswerValue } from './shapes.ts';
import { type AnswerSpec, keyAnswers, specProblems } from './spec.ts';

/** Small seeded generator (mulberry32), so that a failure repeats. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const next = random(20261122);
const below = (limit: number) => Math.floor(next() * limit);
const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
const many = <T>(limit: number, make: () => T): T[] => Array.from({ length: below(limit + 1) }, make);

const DIGITS = [...'0123456789'];
const NASTY = [
  ...'0123456789000111,,..--+ −–—/%eEеЕёЁёйЙиabcxyzабвхусABCАВС«»“”"\'`´ıİßẞςΣΆǰﬁ٣９𝟗½²',
  ...'\u0301\u0306\u0308\u030c\u0323\u0334\u0345\u00a0\u2009\u202f\u200b\u200d\u00ad\ufeff\u202e\u2066\u3000\u0085\u0007\t\n',
  ...'\u212a\u1e9e\u0958\u{1d160}👍',
  '\ud800',
  '\udc00',
  '\0',
];
const text = (limit: number) => many(limit, () => pick(next() < 0.5 ? DIGITS : NASTY)).join('');
const anyUnicode = (limit: number) => many(limit, () => String.fromCodePoint(below(0x110000))).join('');
const ids = ['a', 'b', 'c', 'd', 'e'];
const options = ids.map((id) => ({ id, text: id }));
const table = () => many(3, () => many(3, () => (next() < 0.7 ? String(below(4)) : text(4))));

function anyValue(): AnswerValue {
  switch (below(6)) {
    case 0:
      return many(6, () => (next() < 0.9 ? pick(ids) : text(2)));
    case 1:
      return table();
    case 2:
      return anyUnicode(12);
    case 3:
      return pick(ids);
    default:
      return text(next() < 0.8 ? 5 : 60);
  }
}

function anySpec(): AnswerSpec {
  const partial = pick(['none', 'ege'] as const);
  const alphabet = pick([undefined, 'latin', 'cyrillic'] as const);
  switch (below(7)) {
    case 0:
      return { kind: 'number', key: next() < 0.5 ? String(below(20)) : text(5), tolerance: pick([undefined, '0', '0,5', text(3)]) };
    case 1:
      return { kind: 'word', key: many(3, () => text(3)), spelling: pick([undefined, 'strict'] as const) };
    case 2:
      return { kind: 'choice', key: pick([...ids, 'z']), options };
    case 3:
      return { kind: 'choices', key: many(4, () => pick(ids)), options, partial };
    case 4:
      return { kind: 'sequence', key: text(4), length: pick([undefined, 1, 2, 3]), alphabet, partial };
    case 5:
      return { kind: 'set', key: text(4), length: pick([undefined, 1, 2, 3]), alphabet, partial };
    default:
      return {
        kind: 'cells',
        key: table(),
        rows: 3,
        cols: 3,
        partial: pick(['none', 'swapped', 'one-right', 'swapped-or-one-right'] as const),
      };
  }
}

/** The canonical form typed in again, in the shape of its kind. */
function typedAgain(spec: AnswerSpec, canonical: string): AnswerValue {
  if (spec.kind === 'choices') return canonical.split(',');
  return spec.kind === 'cells' ? gridFromText(canonical) : canonical;
}

/** Half of the answers are the key itself, changed a little or not at all. */
function answerTo(spec: AnswerSpec): AnswerValue {
  const keys = keyAnswers(spec);
  if (keys.length === 0 || next() < 0.5) return anyValue();
  const key = pick(keys);
  if (next() < 0.5) return key;
  if (typeof key === 'string') return next() < 0.5 ? `${key}${text(2)}` : key.slice(0, -1) + pick(NASTY);
  return spec.kind === 'cells' ? spec.key.toReversed() : [...key.slice(below(2)).flat(), pick(ids)];
}

const ROUNDS = 4000;

describe(`${ROUNDS} random tasks and answers`, () => {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const spec = anySpec();
    return { spec, value: answerTo(spec) };
  });
  const read = rounds.flatMap(({ spec, value }) => {
    const reading = readAnswer(spec, value);
    return reading.ok ? [{ spec, value, ...reading }] : [];
  });

  test('enough of them are readable, right and partly right to mean something', () => {
    const verdicts = rounds.map(({ spec, value }) => checkAnswer(spec, 2, value)).flatMap((check) => (check.graded ? [check.verdict] : []));
    for (const verdict of ['right', 'partly', 'wrong']) {
      expect(verdicts.filter((each) => each === verdict).length, verdict).toBeGreaterThan(ROUNDS / 100);
    }
  });

  test('nothing throws', () => {
    for (const { spec, value } of rounds) {
      answerValueSchema.safeParse(value);
      specProblems(spec);
      checkAnswer(spec, 2, value);
    }
  });

  test('reading the canonical form again changes nothing', () => {
    for (const { spec, canonical } of read) {
      expect(readAnswer(spec, typedAgain(spec, canonical))).toMatchObject({ ok: true, canonical });
    }
  });

  test('a number is read from its own line «мы поняли ваш ответ как …»', () => {
    for (const { spec, canonical, understood } of read) {
      if (spec.kind === 'number') expect(readAnswer(spec, understood)).toEqual({ ok: true, canonical, understood });
    }
  });

  test('right exactly when the canonical form equals that of a key, but for tolerance', () => {
    for (const { spec, value, canonical } of read) {
      if (spec.kind === 'number' && spec.tolerance !== undefined) continue;
      const equal = keyAnswers(spec).some((key) => {
        const reading = readAnswer(spec, key);
        return reading.ok && reading.canonical === canonical;
      });
      const check = checkAnswer(spec, 2, value);
      expect(check.graded && check.verdict === 'right').toBe(equal);
    }
  });

  test('points follow the verdict, and what is empty never scores', () => {
    for (const { spec, value } of rounds) {
      const check = checkAnswer(spec, 2, value);
      if (check.graded) expect(check.points).toBe({ right: 2, partly: 1, wrong: 0 }[check.verdict]);
    }
  });

  test('a specification without problems grades its own keys as right', () => {
    for (const { spec } of rounds) {
      if (specProblems(spec).length > 0) continue;
      for (const key of keyAnswers(spec)) expect(checkAnswer(spec, 2, key)).toMatchObject({ graded: true, verdict: 'right' });
    }
  });

  test('the public format reads what the server reads; only strict spelling stays on the server', () => {
    for (const { spec, value } of rounds) {
      if (spec.kind === 'word' && spec.spelling === 'strict') continue;
      expect(readAnswer(answerFormat(spec), value)).toEqual(readAnswer(spec, value));
    }
  });
});

test.each([
  `${'0'.repeat(499)}x`,
  `0,${'0'.repeat(497)}x`,
  '1 000'.repeat(100),
  `1${' 000'.repeat(124)}x`,
  `${' '.repeat(499)}x`,
  `е${'\u0308'.repeat(499)}`,
  'ё'.repeat(500),
  '-'.repeat(500),
  '\u{1d160}'.repeat(250),
  '\u0345\u0301'.repeat(250),
])('a hostile answer of 500 symbols is read like any other (%#)', (value) => {
  for (const kind of ['number', 'word', 'sequence', 'set'] as const) expect(readAnswer({ kind }, value)).toBeDefined();
});
