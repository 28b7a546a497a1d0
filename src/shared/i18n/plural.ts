const ruRules = new Intl.PluralRules('ru');
const enRules = new Intl.PluralRules('en');
const ruNumber = new Intl.NumberFormat('ru');
const enNumber = new Intl.NumberFormat('en');

/** «1 балл», «2 балла», «5 баллов»: `#` stands for the number, set with its thousands; the space after it does not break. */
export function ru(n: number, one: string, few: string, many: string): string {
  const form = ruRules.select(n);
  return fill(form === 'one' ? one : form === 'few' ? few : many, ruNumber.format(n));
}

export function en(n: number, one: string, other: string): string {
  return fill(enRules.select(n) === 'one' ? one : other, enNumber.format(n));
}

function fill(text: string, n: string): string {
  return text.replace('# ', `${n}\u00a0`).replace('#', n);
}
