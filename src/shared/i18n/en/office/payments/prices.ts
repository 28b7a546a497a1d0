import type { prices as ru } from '../../../ru/office/payments/prices.ts';

export const prices: typeof ru = {
  title: 'Price',
  once: (currency) => `The whole course, ${currency}`,
  onceHelp: 'Paid once, open for good. Empty: not sold so.',
  month: (currency) => `One month, ${currency}`,
  monthHelp: 'A subscription: the card is kept and charged every month. Empty: no subscription.',
  currency: 'Currency',
  wrong: 'A number, such as 1490 or 1490.50',
  most: 'At most 10,000,000',
  free: 'Without a price the course is free: every student may open it.',
  offNote: 'Payments are not connected. A teacher opens a course with a price on the student’s page.',
  notTaken: (currency) => `No connected bank takes ${currency}: the course could not be bought.`,
  kept: 'A new price is for new purchases. Nothing changes for those who study already: access stays, and subscriptions go on at their price.',
  wasFree: 'Who opened the course for free goes on for free.',
  saved: 'Price saved',
  options: {
    RUB: 'roubles (₽)',
    KZT: 'tenge (₸)',
    USD: 'dollars ($)',
    EUR: 'euros (€)',
    BYN: 'Belarusian roubles (Br)',
    UZS: 'Uzbek sums',
    KGS: 'Kyrgyz soms',
  },
};
