/** What an `integer` of the database holds. */
const most = 2_147_483_647;

/**
 * Minor units of a decimal amount as CloudPayments writes it: «10.00», «10.5», «10». Read letter by letter: `19.99 * 100` is not 1999.
 * @returns null for whatever else: a sign, a comma, an exponent, a third digit behind the dot, more than is ever paid
 */
export function toMinor(text: string): number | null {
  const [, whole, fraction = ''] = /^(\d{1,8})(?:\.(\d{1,2}))?$/.exec(text) ?? [];
  if (whole === undefined) return null;
  const minor = Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
  return minor <= most ? minor : null;
}

/** «10.00»: always two digits behind the dot. */
export function fromMinor(minor: number): string {
  if (!Number.isSafeInteger(minor) || minor < 0) throw new RangeError('an amount is a whole number of minor units');
  return `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;
}
