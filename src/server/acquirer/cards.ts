/** Cards to try things with: the numbers are those of the providers' own tests where there is one. */
import type { CardName } from './types.ts';

export interface Card {
  label: string;
  number: string;
  /** MMYY */
  expires: string;
  type: string;
  /** Asks for the word of a bank. */
  threeDs: boolean;
  /** Null: pays. */
  decline: Decline | null;
  /** When it is charged again. */
  declineLater: Decline | null;
}

export interface Decline {
  tbank: string;
  cloudpayments: number;
  reason: string;
  message: string;
}

const funds: Decline = {
  tbank: '1051',
  cloudpayments: 5051,
  reason: 'InsufficientFunds',
  message: 'Недостаточно средств на карте',
};
const expired: Decline = { tbank: '1054', cloudpayments: 5054, reason: 'ExpiredCard', message: 'Истёк срок действия карты' };
const noHonor: Decline = { tbank: '1005', cloudpayments: 5005, reason: 'DoNotHonor', message: 'Отказ банка, выпустившего карту' };
const foreign: Decline = { tbank: '76', cloudpayments: 5113, reason: 'ForeignCardNotSupported', message: 'Карта другой страны' };
export const notConfirmed: Decline = {
  tbank: '101',
  cloudpayments: 5206,
  reason: 'AuthenticationFailed',
  message: 'Не пройдена проверка 3-D Secure',
};
export const refusedByShop: Decline = { tbank: '99', cloudpayments: 3001, reason: 'CheckRejected', message: 'Магазин не принял платёж' };

const plain = { type: 'МИР', expires: '1230', threeDs: false, decline: null, declineLater: null };

export const cards: Record<CardName, Card> = {
  ok: { ...plain, label: 'Оплата проходит', number: '2202000000003055' },
  'three-ds': { ...plain, label: 'Оплата с подтверждением 3-D Secure', number: '2200000000000004', threeDs: true },
  once: {
    ...plain,
    label: 'Проходит сейчас, а повторное списание отклоняется',
    number: '4111111111111111',
    type: 'Visa',
    declineLater: funds,
  },
  funds: { ...plain, label: 'Недостаточно средств', number: '2203000000000043', decline: funds },
  expired: { ...plain, label: 'Истёк срок карты', number: '2201382000000831', expires: '0124', decline: expired },
  declined: { ...plain, label: 'Банк отказывает', number: '2201382000000005', decline: noHonor },
  foreign: { ...plain, label: 'Карта другой страны', number: '4000056655665556', type: 'Visa', decline: foreign },
  sbp: { ...plain, label: 'СБП', number: '', type: '' },
};

export const firstSix = ({ number }: Card) => number.slice(0, 6);
export const lastFour = ({ number }: Card) => number.slice(-4);
