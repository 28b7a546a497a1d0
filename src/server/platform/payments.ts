import type { DeclineClass, PaymentState, PaymentWay, ProviderId } from '#shared/payments.ts';
import type { ReceiptConfig } from './config.ts';

/** Acquirers, each behind the same port. Called by jobs and webhooks, never by a request that somebody waits for. Money is in minor units. */
export interface Payments {
  /** Those that are configured, in the order in which students are offered them. */
  all: PaymentProvider[];
  /** Null: not configured (any more). */
  provider(id: ProviderId): PaymentProvider | null;
}

export interface PaymentProvider {
  readonly id: ProviderId;
  readonly currencies: readonly string[];
  readonly ways: readonly PaymentWay[];
  /** No real money moves: a test terminal. */
  readonly test: boolean;
  /** Everything that came and went can be listed (`list`), or payments only be asked for one by one. */
  readonly lists: boolean;

  /**
   * Asks for a page where the student pays. Asked again for the same attempt after an unknown outcome, see `ProviderTrouble`.
   * @throws ProviderError
   */
  createPage(page: NewPage): Promise<{ payUrl: string; providerPaymentId: string | null; providerPageId: string | null }>;
  /** Withdraws a page on which nothing was paid. True: nothing can be paid there any more. False: too late, or the provider cannot. @throws ProviderError */
  cancelPage(page: { attemptId: string; providerPaymentId: string | null; providerPageId: string | null }): Promise<boolean>;
  /**
   * Charges a saved card. `payment` comes again after a crash with what `onPaymentId` was given: the same charge is then asked for, never another one.
   * @param onPaymentId is waited for before anything is charged, where the provider tells its id first (T-Bank)
   * @throws ProviderError; trouble `unknown`: it may have been charged
   */
  chargeSaved(charge: SavedCharge, onPaymentId: (providerPaymentId: string) => Promise<void>): Promise<PaymentSnapshot>;
  /** @throws ProviderError; trouble `unknown`: it may have been given back */
  refund(refund: NewRefund): Promise<RefundTaken>;
  /** How the payment stands by the provider's own word; null: it knows none. @throws ProviderError */
  find(of: { attemptId: string; providerPaymentId: string | null }): Promise<PaymentSnapshot | null>;
  /** What was created from … to, payments, and refunds as payments of their own kind; only where `lists`. @throws ProviderError */
  list(from: Date, to: Date): AsyncIterable<BookedOperation>;
  /** Reads the file of operations that the cabinet of a provider gives who lists nothing. `unreadable`: the first line that is not understood. */
  readRegistry?(bytes: Uint8Array): { rows: RegistryRow[] } | { unreadable: number };
  /** Removes a saved card at the provider; where it cannot, nothing happens. @throws ProviderError */
  forgetMethod(method: { customerId: string; providerRef: string | null }): Promise<void>;
  /** Do the keys open the door? @throws ProviderError */
  ping(): Promise<void>;

  /** Addresses for the provider's cabinet: what each is for, and the part behind `webhooksPath`. */
  readonly webhooks: readonly { name: string; path: string }[];
  /** Judges a message and says what it tells. Pure: asks nobody. */
  readWebhook(request: WebhookRequest): WebhookReading;
}

export interface NewPage {
  attemptId: string;
  amountMinor: number;
  currency: string;
  description: string;
  /** Of the person, stable: saved cards belong to it. */
  customerId: string;
  email: string;
  saveMethod: boolean;
  /** What a receipt lists; ignored where `ReceiptConfig` is null. */
  items: ReceiptItem[];
  /** Where the browser goes afterwards. What it brings along is never believed. */
  returnUrl: string;
  /** Where T-Bank tells of this payment. */
  notificationUrl: string;
  expiresAt: Date;
  locale: 'ru' | 'en';
}

export interface SavedCharge {
  attemptId: string;
  /** Of an earlier call for this attempt. */
  providerPaymentId: string | null;
  amountMinor: number;
  currency: string;
  description: string;
  customerId: string;
  email: string;
  token: string;
  items: ReceiptItem[];
  notificationUrl: string;
  locale: 'ru' | 'en';
}

export interface ReceiptItem {
  /** At most 128 letters are printed. */
  label: string;
  amountMinor: number;
}

export interface NewRefund {
  /** The provider is told: asked twice, it is one refund, where the provider knows such keys. */
  refundId: string;
  attemptId: string;
  providerPaymentId: string;
  amountMinor: number;
  /** Of the payment as it was captured, before any refund: T-Bank answers with what is left of it. */
  capturedMinor: number;
  currency: string;
  /** All that is left: the receipt needs no list then. */
  whole: boolean;
  /** Asked for before, and what became of it is not known. Where the provider keeps no keys (SBP of T-Bank), it is then looked at first. */
  again: boolean;
  email: string;
  items: ReceiptItem[];
}

export interface RefundTaken {
  /** `pending`: taken, and the money is on its way (SBP); `find` tells the end. */
  state: 'done' | 'pending';
  providerRefundId: string | null;
  /** Given back of this payment by now, all refunds together; null: the provider does not say. */
  refundedMinor: number | null;
}

/** A payment as the provider has it at one moment. */
export interface PaymentSnapshot {
  provider: ProviderId;
  /** Null: the provider was told none, so the payment is none of ours. */
  attemptId: string | null;
  providerPaymentId: string;
  state: PaymentState;
  /** Of the payment. T-Bank may name what is left once something was given back, so it is compared up to `captured` only. */
  amountMinor: number;
  currency: string;
  /** Given back by now; null: not told, as by T-Bank of any refund. State `refunded` says it all the same: the whole payment. */
  refundedMinor: number | null;
  /** Refunds that can be told apart. */
  refunds: { providerRefundId: string; amountMinor: number; at: Date | null }[];
  /** Whom the provider was told it is for; null: not told. */
  customerId: string | null;
  test: boolean;
  paidWith: string | null;
  method: SavedMethod | null;
  decline: Decline | null;
  receiptUrl: string | null;
  /** When it happened by the provider's clock; null: not told. */
  at: Date | null;
}

export interface SavedMethod {
  token: string;
  providerRef: string | null;
  mask: string;
  /** MMYY */
  expires: string | null;
}

export interface Decline {
  code: string;
  class: DeclineClass;
  /** `never`: this card is not charged again. `later`: on another day. */
  again: 'never' | 'later';
}

/** A line of the provider's books. */
export interface BookedOperation {
  kind: 'payment' | 'refund' | 'chargeback';
  providerPaymentId: string;
  /** Of a refund or a chargeback: of what payment. */
  ofPaymentId: string | null;
  attemptId: string | null;
  state: PaymentState;
  amountMinor: number;
  currency: string;
  at: Date;
  /** Null: the provider does not say whether a receipt was made. */
  hasReceipt: boolean | null;
}

/** A line of a file of operations. */
export interface RegistryRow {
  /** Where it stands in the file, from 1. */
  line: number;
  /** `other`: fees and what else a bank books; nothing is compared with it. */
  kind: 'payment' | 'refund' | 'chargeback' | 'other';
  providerPaymentId: string;
  /** What the school called it; null: the file does not say. */
  orderId: string | null;
  /** Without a sign: the kind says which way it went. */
  amountMinor: number;
  feeMinor: number | null;
  at: Date | null;
  rrn: string | null;
}

export interface WebhookRequest {
  /** Behind `webhooksPath`: «tbank», «cloudpayments/pay». */
  path: string;
  headers: Record<string, string | string[] | undefined>;
  /** As it came, before any parser. */
  raw: Buffer;
  ip: string;
}

/** `refused`: forged, or not readable. Nothing is stored, and the sender hears no more than the status. */
export type WebhookReading =
  | { ok: true; event: WebhookEvent; ack: WebhookAnswer }
  | { ok: false; answer: WebhookAnswer; reason: 'signature' | 'network' | 'unreadable' | 'foreign-terminal' | 'unknown-path' };

export interface WebhookAnswer {
  status: number;
  contentType: string;
  body: string;
}

export interface WebhookEvent {
  /** Told twice, it is the same. */
  dedupeKey: string;
  /** For people: «CONFIRMED», «pay». */
  kind: string;
  attemptId: string | null;
  providerPaymentId: string | null;
  tells: WebhookNews;
}

export type WebhookNews =
  /**
   * The payment stands so. `sure`: signed over all of it, so that nothing has to be asked; else `find` is asked before money counts. What only messages
   * tell, and `find` then leaves null (`method`, `paidWith`, `customerId`, `decline`), is taken from here.
   */
  | { t: 'payment'; snapshot: PaymentSnapshot; sure: boolean }
  /** `currency` null: not told (CloudPayments names none here); it is the payment's. */
  | { t: 'refund'; providerRefundId: string | null; amountMinor: number; currency: string | null; at: Date | null }
  | { t: 'receipt'; url: string | null }
  /** May this be paid? Answered at once by `checkAnswer`. */
  | { t: 'check'; amountMinor: number; currency: string; customerId: string | null; test: boolean }
  /** The provider's own subscriptions (we make none): somebody made one in its cabinet, or cancelled it. */
  | { t: 'subscription'; status: string; id: string }
  | { t: 'nothing' };

/** Answers to CloudPayments' question whether something may be paid: 0 yes, 10 no such order, 11 another payer, 12 another amount, 13 no, 20 too late. */
export type CheckCode = 0 | 10 | 11 | 12 | 13 | 20;
export const checkAnswer = (code: CheckCode): WebhookAnswer => ({
  status: 200,
  contentType: 'application/json',
  body: JSON.stringify({ code }),
});

/**
 * - `refused`: the provider said no, and nothing happened. `code` is its own.
 * - `busy`: 429, or stopped for a while; nothing happened.
 * - `unknown`: no answer, half an answer, a page of HTML, 5xx: it may have happened.
 * - `unreachable`: no connection was made; nothing happened.
 * - `keys`: the keys are refused.
 */
export type ProviderTrouble = 'refused' | 'busy' | 'unknown' | 'unreachable' | 'keys';

/** What a provider did not do. The message holds no key, no token and no card. */
export class ProviderError extends Error {
  readonly trouble: ProviderTrouble;
  readonly code: string | null;

  constructor(trouble: ProviderTrouble, message: string, code: string | null = null) {
    super(message);
    this.name = 'ProviderError';
    this.trouble = trouble;
    this.code = code;
  }
}

/** What adapters need beside their keys. */
export interface ProviderTerms {
  receipts: ReceiptConfig | null;
  /** Messages from elsewhere than the provider's published networks are refused. */
  checkNetworks: boolean;
  timeoutMs?: number;
}
