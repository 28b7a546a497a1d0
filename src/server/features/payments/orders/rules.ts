const minuteMs = 60_000;

/** An order can be paid for so long from each try to pay it. */
export const orderLifeMs = 60 * minuteMs;
/** Tries of one order: after a day it is begun anew, at the price of then. */
export const orderRetriedMs = 24 * 60 * minuteMs;
/** A page with less time left than this is not offered again. */
export const pageLeftMs = 10 * minuteMs;
/** A student waits for a page so long; then this provider is said not to work just now. */
export const openingMs = minuteMs;
/** Behind an opened page it is asked whether it was paid. */
export const firstCheckMs = 3 * minuteMs;

/** What a page and a bank statement call it: «Курс «Математика 60», 1 месяц, заказ 1024». At most 140 letters, of which the course has what is left. */
export function describe(order: { number: number; title: string; plan: string; locale: string }): string {
  const { number, title, plan, locale } = order;
  const russian = locale !== 'en';
  const month = plan === 'month' ? (russian ? ', 1 месяц' : ', 1 month') : '';
  const end = `${month}${russian ? `, заказ ${number}` : `, order ${number}`}`;
  const quoted = (text: string) => (russian ? `Курс «${text}»` : `Course “${text}”`);
  const left = 140 - quoted('').length - end.length;
  if (title.length <= left) return `${quoted(title)}${end}`;
  // Not within a letter of two halves.
  return `${quoted(`${title.slice(0, left - 1).replace(/[\ud800-\udbff]$/, '')}…`)}${end}`;
}
