import { optionPlaces } from '#shared/answers/option-places.ts';
import type { AnswerValue } from '#shared/answers/shapes.ts';
import type { AnswerSpec } from '#shared/answers/spec.ts';
import { keyAnswers } from '#shared/answers/spec.ts';

export interface LikelyAnswer {
  value: AnswerValue;
  /** `key` and `notation` have to be right, `malformed` has to cost nothing; a `slip` is what it turns out to be. */
  origin: 'key' | 'notation' | 'slip' | 'malformed';
}

const notation = (value: AnswerValue): LikelyAnswer => ({ value, origin: 'notation' });
const slip = (value: AnswerValue): LikelyAnswer => ({ value, origin: 'slip' });
const malformed = (value: AnswerValue): LikelyAnswer => ({ value, origin: 'malformed' });

/** How students will write the right answer, and how they will miss it: what a teacher tries by hand before giving a task. */
export function likelyAnswers(spec: AnswerSpec): LikelyAnswer[] {
  const keys = keyAnswers(spec).map((value): LikelyAnswer => ({ value, origin: 'key' }));
  const all = [...keys, ...variantsOf(spec)];
  const seen = new Set<string>();
  return all.filter(({ value }) => {
    const text = JSON.stringify(value);
    return !seen.has(text) && seen.add(text);
  });
}

function variantsOf(spec: AnswerSpec): LikelyAnswer[] {
  switch (spec.kind) {
    case 'number':
      return numberVariants(spec.key.trim());
    case 'word':
      return spec.key.slice(0, 2).flatMap((key) => [notation(key.toUpperCase()), ...(spec.spelling ? [] : [notation(spaced(key))])]);
    case 'choice':
      return spec.options.filter(({ id }) => id !== spec.key).map(({ id }) => slip(id));
    case 'choices':
      return choicesVariants(
        spec.key,
        spec.options.map(({ id }) => id),
      );
    case 'sequence':
      return symbolVariants(spec.key, spec.length);
    case 'set':
      return [
        notation([...symbolsOf(spec.key)].reverse().join('')),
        ...setVariants(spec.key),
        malformed(`${spec.key}${spec.key.charAt(0)}`),
      ];
    case 'cells':
      return cellVariants(spec.key);
    case 'long':
      return [];
  }
}

function numberVariants(key: string): LikelyAnswer[] {
  const plain = key.replace(/^\+/, '').replace(/^[−–]/, '-');
  const point = plain.includes('.') ? plain.replace('.', ',') : plain.replace(',', '.');
  const longer = /[.,]/.test(plain) ? `${plain}0` : `${plain},0`;
  const signed = plain.startsWith('-') ? `−${plain.slice(1)}` : `+${longer}`;
  const opposite = plain.startsWith('-') ? plain.slice(1) : `-${plain}`;
  const zero = /^-?0*(?:[.,]0*)?$/.test(plain);
  return [
    ...[point, longer, signed].map(notation),
    ...(zero ? [] : [slip(opposite)]),
    malformed(fractionOf(plain)),
    malformed(`x = ${plain}`),
  ];
}

/** «25/2» for «12,5»: what a student has on paper. */
function fractionOf(plain: string): string {
  const [, sign = '', whole = '', part = ''] = /^(-?)(\d*)(?:[.,](\d+))?$/.exec(plain) ?? [];
  const digits = part.replace(/(?<!0)0+$/, '').slice(0, 6);
  const [top, bottom] = [Number(whole + digits), 10 ** digits.length];
  const common = divisor(top, bottom);
  return bottom === 1 ? `${sign}${top * 2}/2` : `${sign}${top / common}/${bottom / common}`;
}

function divisor(a: number, b: number): number {
  return b === 0 ? Math.max(1, a) : divisor(b, a % b);
}

const symbolsOf = (key: string) => [...key].filter((symbol) => !/[\s,.;]/.test(symbol));
const spaced = (key: string) => ` ${key} `;

function symbolVariants(key: string, length: number | undefined): LikelyAnswer[] {
  const symbols = symbolsOf(key);
  const swapped = symbols.length < 2 ? [] : [slip([...symbols.slice(0, -2), symbols.at(-1), symbols.at(-2)].join(''))];
  const shorter = symbols.slice(0, -1).join('');
  return [
    notation(symbols.join(' ')),
    notation(symbols.join(', ')),
    ...swapped,
    ...(shorter === '' ? [] : [length === undefined ? slip(shorter) : malformed(shorter)]),
  ];
}

function setVariants(key: string): LikelyAnswer[] {
  const symbols = symbolsOf(key);
  const less = symbols.slice(0, -1).join('');
  const extra = [...'123456789'].find((digit) => !symbols.includes(digit));
  return [notation(symbols.join(', ')), ...(less === '' ? [] : [slip(less)]), ...(extra ? [slip([...symbols, extra].join(''))] : [])];
}

function choicesVariants(key: string[], ids: string[]): LikelyAnswer[] {
  const extra = ids.find((id) => !key.includes(id));
  const less = key.slice(0, -1);
  const other = [...less, ...(extra === undefined ? [] : [extra])];
  return [...(less.length > 0 ? [slip(less)] : []), ...(extra === undefined ? [] : [slip([...key, extra]), slip(other)])];
}

function cellVariants(key: string[][]): LikelyAnswer[] {
  const mirrored = key.map((row) => row.toReversed());
  const upside = key.toReversed();
  const incomplete = key.map((row, r) => row.map((cell, c) => (r === key.length - 1 && c === row.length - 1 ? '' : cell)));
  const wordy = key.map((row, r) => row.map((cell, c) => (r === 0 && c === 0 ? `${cell} шт.` : cell)));
  return [slip(mirrored), slip(upside), slip(incomplete), malformed(wordy)];
}

/** A table of answers stays in one line: cells «18 · 57», rows with «; ». Options are called by their places, as nobody sees their ids. */
export function showAnswer(spec: AnswerSpec, value: AnswerValue): string {
  if (spec.kind === 'choice' || spec.kind === 'choices') {
    return optionPlaces(spec.options, [value].flat(2)).join(', ');
  }
  if (typeof value === 'string') return value;
  return value
    .map((row) =>
      [row]
        .flat()
        .map((cell) => cell || '—')
        .join(' · '),
    )
    .join('; ');
}
