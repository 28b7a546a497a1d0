import { fold } from './normalise.ts';

/** Thousands may be set apart by spaces, in threes only: `3 5` is two numbers. One separator at most: `1,000.5` is not guessed at. */
const DECIMAL = /^([+-]?) ?(\d{1,3}(?: \d{3})+|\d*)(?:[.,](\d*))?$/;

/**
 * The canonical decimal: `-0.5`, `12.5`, `1000`; null for anything else. Works on digits, never on floating point, so that numbers of any
 * length are exact. Fractions, exponents, units and percents are not decimals («целое число или конечная десятичная дробь», profile
 * maths, tasks 1–12; «единицы измерений писать не нужно»).
 */
export function readDecimal(raw: string): string | null {
  const match = DECIMAL.exec(fold(raw));
  if (match === null) return null;
  const [, sign = '', grouped = '', decimals = ''] = match;
  if (grouped === '' && decimals === '') return null;
  const whole = withoutLeadingZeros(grouped.replaceAll(' ', '')) || '0';
  const fraction = withoutTrailingZeros(decimals);
  const size = fraction === '' ? whole : `${whole}.${fraction}`;
  return sign === '-' && size !== '0' ? `-${size}` : size;
}

/** As a Russian textbook prints it: real minus, decimal comma. */
export function showDecimal(canonical: string): string {
  return canonical.replace('-', '\u2212').replace('.', ',');
}

/** Whether two canonical decimals differ by at most the third; the bound itself is inside. */
export function withinTolerance(answer: string, key: string, tolerance: string): boolean {
  const places = Math.max(decimalPlaces(answer), decimalPlaces(key), decimalPlaces(tolerance));
  const difference = scaled(answer, places) - scaled(key, places);
  return (difference < 0n ? -difference : difference) <= scaled(tolerance, places);
}

function decimalPlaces(canonical: string): number {
  const point = canonical.indexOf('.');
  return point === -1 ? 0 : canonical.length - point - 1;
}

function scaled(canonical: string, places: number): bigint {
  return BigInt(canonical.replace('.', '') + '0'.repeat(places - decimalPlaces(canonical)));
}

function withoutLeadingZeros(digits: string): string {
  let start = 0;
  while (digits[start] === '0') start += 1;
  return digits.slice(start);
}

/** A loop, as the pattern `0+$` takes quadratic time on zeros followed by another digit. */
function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}
