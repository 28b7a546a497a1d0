import type { DeclineClass } from '#shared/payments.ts';
import type { Decline, ProviderTrouble } from '../../payments.ts';

/*
 * T-Bank's error codes. Those from 1000 on are the answer of the payer's bank: 10NN is NN of ISO 8583, 50NN of SBP. Where no code is told, the status
 * stands for it.
 */

const classes: Readonly<Record<DeclineClass, readonly string[]>> = {
  funds: ['103', '116', '1051', '5060'],
  card: [
    ...[
      '107',
      '219',
      '252',
      '506',
      '508',
      '600',
      '642',
      '1014',
      '1015',
      '1033',
      '1036',
      '1041',
      '1043',
      '1054',
      '1062',
      '1071',
      '1080',
      '1082',
    ],
    ...['5065', '5066'],
  ],
  limit: ['119', '403', '404', '405', '406', '603', '632', '1013', '1061', '1065', '1075', '1202', '1203', '1204', '5061', '5062'],
  bank: ['99', '1001', '1004', '1005', '1007', '1012', '1034', '1057', '1058', '1059', '1063', '5063', '5064', '5067', 'REJECTED'],
  foreign: ['76', '77', '78', '79', '1205'],
  'three-ds': ['54', '101', '106', '108', '511', '1235', 'AUTH_FAIL'],
  technical: [
    '3',
    '21',
    '55',
    '96',
    '97',
    '98',
    '100',
    '120',
    '123',
    '125',
    '401',
    '402',
    '1018',
    '1030',
    '1089',
    '1091',
    '1096',
    '9001',
    '9999',
  ],
  other: [],
};

/** The payment systems forbid to ask again after these; CloudPayments' list of them, in T-Bank's numbers. */
const forbidden = new Set(['1001', '1003', '1005', '1012', '1017', '1033', '1034', '1057']);
/** Another day changes nothing about a card that is lost, of another country, or wants its owner. */
const lasting: ReadonlySet<DeclineClass> = new Set<DeclineClass>(['card', 'foreign', 'three-ds']);

export function declineOf(code: string): Decline {
  const found = (Object.keys(classes) as DeclineClass[]).find((name) => classes[name].includes(code)) ?? 'other';
  return { code, class: found, again: forbidden.has(code) || lasting.has(found) || code === '1058' ? 'never' : 'later' };
}

/** 191 contract, 202 terminal blocked, 204 and 205 token, 501 no such terminal, 648 shop not active: nothing works before somebody has looked. */
const keys = new Set(['191', '202', '204', '205', '501', '648']);
/** «Try again later», before anything was done; 3029 … 3042: refunds by SBP, so many an hour and a day. */
const busy = new Set(['55', '120', '123', '125', '402', '3029', '3030', '3041', '3042']);
/** Faults inside T-Bank: what was asked for may have been done. */
const unclear = new Set(['3', '21', '96', '97', '98', '100', '401', '1018', '1096', '9001', '9999']);

/** What an answer without success means, where its method does not say more. */
export function troubleOf(code: string | null): ProviderTrouble {
  if (code === null || code === '0' || unclear.has(code)) return 'unknown';
  if (keys.has(code)) return 'keys';
  return busy.has(code) ? 'busy' : 'refused';
}

/** Neither the payment (255) nor the order (335) is known. */
export const isNotFound = (code: string | null): boolean => code === '255' || code === '335';

/** This OrderId was used before: by ourselves, for it is a new one each time. */
export const isUsedOrderId = (code: string | null): boolean => code === '8' || code === '20';
