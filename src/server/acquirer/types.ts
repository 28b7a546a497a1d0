import type { CloudPaymentsWebhook, ProviderId } from '#shared/payments.ts';

/** What a payer may hold in the hand; see cards.ts. `once` pays on a page and is declined when it is charged again. */
export type CardName = 'ok' | 'three-ds' | 'once' | 'funds' | 'expired' | 'declined' | 'foreign' | 'sbp';

/** Where it moves, and what of it is left. Statuses are the provider's own words. */
export interface Payment {
  provider: ProviderId;
  /** PaymentId, TransactionId. */
  id: string;
  /** OrderId, InvoiceId: what the school calls it. */
  attemptId: string;
  /** Of CloudPayments: the order whose page was paid. */
  pageId: string | null;
  kind: 'page' | 'saved';
  /** NEW … REFUNDED; Completed, Declined, Cancelled. */
  status: string;
  amountMinor: number;
  currency: string;
  capturedMinor: number;
  refundedMinor: number;
  refunds: Refund[];
  chargeback: Chargeback | null;
  customerId: string | null;
  email: string | null;
  description: string;
  test: boolean;
  card: CardName | null;
  /** With it the card can be charged again: RebillId, Token. */
  token: string | null;
  declineCode: string | null;
  createdAt: number;
  paidAt: number | null;
  hasReceipt: boolean;
}

export interface Refund {
  id: string;
  amountMinor: number;
  at: number;
  /** ExternalRequestId, X-Request-ID, or «cabinet». */
  key: string | null;
}

export interface Chargeback {
  id: string;
  amountMinor: number;
  at: number;
}

/** Something that can be paid by somebody with a browser. */
export interface Page {
  provider: ProviderId;
  /** PaymentId of T-Bank, Id of an order of CloudPayments. */
  id: string;
  attemptId: string;
  number: number;
  amountMinor: number;
  currency: string;
  description: string;
  customerId: string | null;
  email: string | null;
  /** The card is kept whether the payer wants it or not (T-Bank: Recurrent=Y). */
  saveCard: boolean;
  hasReceipt: boolean;
  notificationUrl: string | null;
  successUrl: string | null;
  failUrl: string | null;
  expiresAt: number | null;
  state: 'open' | 'paid' | 'cancelled' | 'expired';
  createdAt: number;
}

export interface SavedCard {
  provider: ProviderId;
  customerId: string;
  /** RebillId, Token. */
  token: string;
  /** CardId. */
  cardId: string;
  card: CardName;
  removed: boolean;
}

/** A message to the school, as it goes out. */
export interface Notification {
  id: number;
  provider: ProviderId;
  /** «CONFIRMED», «pay». */
  kind: string;
  paymentId: string;
  url: string;
  headers: Record<string, string>;
  body: Buffer;
  /** `dropped`: a fault kept it here, see `redeliver`. `given-up`: never answered as it has to be. */
  state: 'waiting' | 'delivered' | 'dropped' | 'given-up';
  tries: number;
  /** Status and body of the last answer, or what went wrong. */
  answer: string | null;
}

/** What befalls a call. `…After`: what was asked for is done, and the caller does not hear of it. */
export const callFaults = [
  'delay',
  'silentAfter',
  'cutBefore',
  'cutAfter',
  'tooMany',
  'serverError',
  'serverErrorAfter',
  'htmlPage',
  'htmlPageAfter',
  'refused',
  'redirect',
] as const;
export type CallFault = (typeof callFaults)[number];

export interface Faults {
  /** The same seed is the same row of mishaps. */
  seed?: number;
  /** How often each befalls a call, from 0 to 1. */
  odds?: Partial<Record<CallFault, number>>;
  delayMs?: number;
  /** How often a message to the school is … */
  duplicated?: number;
  /** … held until the next one is out … */
  reordered?: number;
  /** … late, by `delayMs` … */
  delayed?: number;
  /** … kept here, until `redeliver` … */
  dropped?: number;
  /** … or names a kopeck instead of the amount, well signed. */
  wrongAmount?: number;
  /** All calls at once are more than allowed (429). */
  concurrency?: number | null;
  /** T-Bank: Charge is not switched on at this terminal (error 10). */
  chargeBlocked?: boolean;
  /** CloudPayments: how messages are written. */
  encoding?: 'utf-8' | 'windows-1251';
  format?: 'form' | 'json';
}

export interface NextFault {
  kind: CallFault;
  provider?: ProviderId;
  /** «Init», «payments/refund»; any call otherwise. */
  method?: string;
  times?: number;
}

export interface Statistics {
  /** By provider and method: «tbank Init». */
  calls: Record<string, number>;
  /** By code: «tbank 204», «cloudpayments 401». */
  refused: Record<string, number>;
  faults: Record<string, number>;
  /** Requests that came to the other host after a redirect, and whether they brought a secret along. */
  followed: number;
  followedWithSecrets: number;
  /** Most calls at once. */
  peak: number;
  messages: { delivered: number; dropped: number; waiting: number; givenUp: number };
}

export interface AcquirerOptions {
  /** 0: any free one. */
  port?: number;
  /** Books and undelivered messages outlive a restart. */
  stateFile?: string;
  /** Where messages go; T-Bank's own field NotificationURL comes first. Functions may name a school that is started later. */
  webhooks?: { tbank?: () => string | null; cloudpayments?: (type: CloudPaymentsWebhook) => string | null };
  /** Clock of the acquirer, in milliseconds. */
  now?: () => number;
  /** Before the first repetition of a message; doubled from then on. */
  webhookRetryMs?: number;
  faults?: Faults;
  /** No real money: TestMode of CloudPayments. */
  test?: boolean;
  /** T-Bank: a receipt has to come along (error 309). */
  receiptsRequired?: boolean;
}

export interface PayWith {
  card?: CardName;
  /** CloudPayments: the payer ticks «save the card». T-Bank saves where the school asked for it. */
  save?: boolean;
  /** 3-D Secure: false turns it down. */
  confirm?: boolean;
  /** T-Bank: paid although the page is closed already, as banks do that are late. */
  late?: boolean;
  /** Another sum, another currency than was asked for: as if somebody had meddled. */
  amountMinor?: number;
  currency?: string;
  customerId?: string;
}

export interface Paid {
  outcome: 'paid' | 'declined';
  providerPaymentId: string;
  /** Where the browser goes now. */
  goTo: string | null;
}

export interface Acquirer {
  /** Of the pages. */
  url: string;
  tbank: { url: string; terminalKey: string; password: string };
  cloudpayments: { url: string; publicId: string; secret: string };
  /** What the school needs in its environment. */
  env: Record<string, string>;
  /** All there is, oldest first. */
  payments(provider?: ProviderId): Payment[];
  payment(providerPaymentId: string): Payment | null;
  pages(provider?: ProviderId): Page[];
  cards(): SavedCard[];
  /** From now on this person's saved cards are charged as that one is: `ok`, `once` or `funds` (not enough money), `expired`, `declined`. */
  cardBecomes(customerId: string, card: CardName): void;
  /** Plays the payer. @param of address of a page, or the attempt's id */
  pay(of: string, how?: PayWith): Promise<Paid>;
  /** As if the page's time were over. */
  expire(of: string): void;
  /** The owner of the school gives money back without the school. */
  refundInCabinet(providerPaymentId: string, amountMinor?: number): Refund;
  /** The payer's bank takes it back. CloudPayments lists it; T-Bank names it in its file only. */
  chargeback(providerPaymentId: string, amountMinor?: number): Chargeback;
  setFaults(faults: Faults): void;
  failNext(fault: NextFault): void;
  notifications(): Notification[];
  /** What was dropped goes out now (in any order that faults like); with `again` all that was delivered too. */
  redeliver(how?: { again?: boolean }): void;
  /** Nothing is on its way or waiting to be repeated. */
  settled(): Promise<void>;
  statistics(): Statistics;
  stop(): Promise<void>;
}
