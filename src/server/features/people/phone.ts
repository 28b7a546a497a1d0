import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** E.164 of a number in any notation, read as Russian where no country is named; null for an empty field. */
export function readPhone(typed: string): string | null | 'invalid' {
  const text = typed.normalize('NFKC').trim();
  if (text === '') return null;
  const phone = parsePhoneNumberFromString(text, { defaultCountry: 'RU', extract: false });
  return phone?.isValid() ? phone.number : 'invalid';
}
