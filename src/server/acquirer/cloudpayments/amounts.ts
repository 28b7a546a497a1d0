import { CloudError } from './error.ts';

/** «1990», 1990.5, «1990.50» → minor units. A third digit behind the dot, a comma, an exponent is refused. */
export function minorOf(value: unknown): number {
  const [, whole, part = ''] = /^(\d{1,10})(?:\.(\d{1,2}))?$/.exec(String(value)) ?? [];
  const minor = whole === undefined ? 0 : Number(whole) * 100 + Number(part.padEnd(2, '0'));
  if (minor < 1) throw new CloudError('Неверная сумма');
  return minor;
}

/** As messages have it: always two digits. */
export const decimalOf = (minor: number): string => `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;
