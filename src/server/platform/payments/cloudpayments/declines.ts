import type { DeclineClass } from '#shared/payments.ts';
import type { Decline } from '../../payments.ts';

/** Codes of CloudPayments (`ReasonCode`), those of banks among them: 5000 and the code of ISO 8583. */
const classes: Record<Exclude<DeclineClass, 'other'>, readonly number[]> = {
  funds: [5051],
  card: [5004, 5006, 5007, 5012, 5014, 5015, 5031, 5033, 5036, 5041, 5043, 5054, 5055, 5058, 5062, 5063, 5082, 6001, 6025],
  limit: [5013, 5061, 5065],
  bank: [5001, 5003, 5005, 5017, 5019, 5034, 5057, 5058, 5059, 5300],
  foreign: [5113],
  'three-ds': [5206, 5207],
  // 3001 … 3008: our own answer to Check did not come, or was no.
  technical: [3001, 3002, 3003, 3004, 3005, 3006, 3007, 3008, 5030, 5091, 5092, 5096, 5204, 5303],
};
const byCode = new Map(
  Object.entries(classes).flatMap(([name, codes]) => codes.map((code): [number, DeclineClass] => [code, name as DeclineClass])),
);

/**
 * Codes after which the same card is not charged again: those CloudPayments forbids to repeat (first line), and those that no other day will change: lost,
 * stolen, blocked, expired or restricted cards, cards of another country or another terminal, and cards that ask for 3-D Secure, where nobody is there to
 * answer. Whatever else is declined may be tried twice in 24 hours; we wait that long.
 */
const forGood = new Set([
  ...[5001, 5003, 5005, 5012, 5017, 5033, 5034, 5057],
  ...[5004, 5007, 5014, 5015, 5036, 5041, 5043, 5054, 5055, 5058, 5062, 5063, 5113, 5206, 5207, 6001, 6025],
]);

export function declineOf(reasonCode: number | null): Decline {
  return {
    code: reasonCode === null ? 'unknown' : String(reasonCode),
    class: (reasonCode !== null && byCode.get(reasonCode)) || 'other',
    again: reasonCode !== null && forGood.has(reasonCode) ? 'never' : 'later',
  };
}

/** The bank wants the payer to confirm, and there is no payer. */
export const needsThreeDs: Decline = { code: '3ds', class: 'three-ds', again: 'never' };
