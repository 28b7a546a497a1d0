import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { recordSnapshot } from '../features/payments/record/actions.ts';
import { findPayable } from '../features/payments/webhook/queries.ts';
import { checkCode, withMessage, withRefund } from '../features/payments/webhook/rules.ts';
import type { App } from '../platform/app.ts';
import { type NewPage, type PaymentSnapshot, ProviderError, type ProviderTrouble, type SavedMethod } from '../platform/payments.ts';
import { aSnapshot, type FakeProvider } from './fake-provider.ts';
import { aCard } from './payments.ts';

/** A payment as the bank itself has it: the truth that the school's books are held against. */
export interface BankPayment {
  id: string;
  attemptId: string;
  amountMinor: number;
  currency: string;
  customerId: string;
  kind: 'page' | 'saved';
  state: 'opened' | 'authorized' | 'captured' | 'failed' | 'voided';
  method: SavedMethod | null;
  again: 'never' | 'later';
  /** `key`: of the school; null: made in the cabinet. */
  refunds: { id: string; key: string | null; amountMinor: number }[];
}

type Message = { snapshot: PaymentSnapshot; refundOf: { id: string; amountMinor: number } | null };

/** A bank that keeps books, loses answers, and is driven by chance. */
export interface Bank {
  payments: BankPayment[];
  /** Of how many calls one goes wrong; 0: none. */
  troubleOdds: number;
  /** What the payer does on a page that is open, whether the school has given it up or not. */
  pay(how: 'captured' | 'failed' | 'authorized'): Promise<void>;
  /** Money that was held is taken, or let go. */
  settle(how: 'captured' | 'voided'): void;
  giveBackInCabinet(): void;
  /** Brings one of the messages that wait; `again`: it comes once more. */
  bring(again: boolean): Promise<void>;
  bringAll(): Promise<void>;
}

const troubles: readonly ProviderTrouble[] = ['unknown', 'busy', 'unreachable'];
const sumOf = (payment: BankPayment) => payment.refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0);

/** Makes a fake acquirer keep real books: one place, since every call changes the same. @param random from 0 to 1 */
export function aBank(app: App, fake: FakeProvider, random: () => number): Bank {
  const isTbank = fake.id === 'tbank';
  const pages = new Map<string, { page: NewPage; open: boolean }>();
  const messages: Message[] = [];
  const oneOf = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];

  const statedAs = (payment: BankPayment): PaymentSnapshot['state'] => {
    if (payment.state !== 'captured' || payment.refunds.length === 0) return payment.state;
    return sumOf(payment) < payment.amountMinor ? 'partly_refunded' : 'refunded';
  };
  /** T-Bank names neither sums of refunds nor cards when it is asked; CloudPayments names all. */
  const tell = (payment: BankPayment, asked: boolean): PaymentSnapshot =>
    aSnapshot(
      fake,
      { ...payment, providerPaymentId: payment.id },
      {
        state: statedAs(payment),
        customerId: isTbank ? null : payment.customerId,
        refundedMinor: isTbank && payment.refunds.length > 0 ? null : sumOf(payment),
        refunds: isTbank ? [] : payment.refunds.map(({ id, amountMinor }) => ({ providerRefundId: id, amountMinor, at: null })),
        method: (isTbank && asked) || payment.state !== 'captured' ? null : payment.method,
        decline: payment.state === 'failed' ? { code: '1051', class: 'funds', again: payment.again } : null,
      },
    );
  const note = (payment: BankPayment, refundOf: Message['refundOf'] = null) => messages.push({ snapshot: tell(payment, false), refundOf });

  function add(of: Pick<NewPage, 'attemptId' | 'amountMinor' | 'currency' | 'customerId'>, kind: BankPayment['kind']): BankPayment {
    const { attemptId, amountMinor, currency, customerId } = of;
    const payment: BankPayment = {
      ...{ id: fake.newPaymentId(), attemptId, amountMinor, currency, customerId, kind },
      state: 'opened',
      method: null,
      again: 'later',
      refunds: [],
    };
    bank.payments.push(payment);
    return payment;
  }

  async function mayFail(): Promise<void> {
    await sleep(random() * 3);
    if (bank.troubleOdds === 0 || random() > bank.troubleOdds) return;
    const trouble = oneOf([...troubles, null]);
    if (!trouble) throw new Error('killed');
    throw new ProviderError(trouble, `the bank: ${trouble}`);
  }
  /** Behind the deed nothing but its answer can be lost. */
  async function mayLoseAnswer(): Promise<void> {
    await sleep(random() * 3);
    if (bank.troubleOdds === 0 || random() > bank.troubleOdds) return;
    throw random() < 0.5 ? new Error('killed') : new ProviderError('unknown', 'the bank: no answer');
  }

  function known(of: { attemptId: string; providerPaymentId: string | null }): BankPayment | undefined {
    const ofAttempt = bank.payments.filter(({ attemptId }) => attemptId === of.attemptId);
    const named = bank.payments.find(({ id }) => id === of.providerPaymentId);
    const hasMoney = (one: BankPayment) => one.state === 'captured' || one.state === 'authorized';
    return isTbank ? (named ?? ofAttempt.at(-1)) : ([named, ...ofAttempt].find((one) => one && hasMoney(one)) ?? ofAttempt.at(-1));
  }

  fake.createPage = async (page) => {
    await mayFail();
    const there = pages.get(page.attemptId);
    if (there && isTbank) throw new ProviderError('refused', 'this OrderId was used', '8');
    if (!there) pages.set(page.attemptId, { page, open: true });
    const payment = isTbank ? add(page, 'page') : null;
    await mayLoseAnswer();
    return {
      payUrl: `https://bank.example/${page.attemptId}`,
      providerPaymentId: payment?.id ?? null,
      providerPageId: isTbank ? null : `page-${page.attemptId}`,
    };
  };
  fake.cancelPage = async (of) => {
    await mayFail();
    const page = pages.get(of.attemptId);
    const payment = known(of);
    if (isTbank && !payment) return true;
    if (!isTbank && of.providerPageId === null) return false;
    if (payment && payment.state !== 'opened' && payment.state !== 'failed') return payment.state === 'voided';
    if (page) page.open = false;
    if (payment?.state === 'opened') payment.state = 'voided';
    await mayLoseAnswer();
    return true;
  };
  fake.chargeSaved = async (charge, onPaymentId) => {
    await mayFail();
    let payment = known(charge);
    if (!payment) {
      payment = add(charge, 'saved');
      if (isTbank) {
        await mayLoseAnswer();
        await onPaymentId(payment.id);
        await mayFail();
      }
    } else if (payment.state !== 'opened') return tell(payment, false);
    // While it waited, the same charge may have been asked for by another process: a payment is charged once.
    if (payment.state === 'opened') {
      const luck = random();
      payment.state = luck < 0.75 ? 'captured' : luck < 0.95 ? 'failed' : 'authorized';
      payment.again = luck < 0.9 ? 'later' : 'never';
      note(payment);
    }
    await mayLoseAnswer();
    if (payment.state === 'authorized') throw new ProviderError('unknown', 'the bank: it is under way');
    return tell(payment, false);
  };
  fake.refund = async ({ refundId, providerPaymentId, amountMinor }) => {
    await mayFail();
    const payment = bank.payments.find(({ id }) => id === providerPaymentId);
    if (payment?.state !== 'captured') throw new ProviderError('refused', 'there is no such money', '1');
    let refund = payment.refunds.find(({ key }) => key === refundId);
    if (!refund) {
      if (sumOf(payment) + amountMinor > payment.amountMinor) throw new ProviderError('refused', 'more than there is', '330');
      refund = { id: `r-${randomUUID()}`, key: refundId, amountMinor };
      payment.refunds.push(refund);
      note(payment, refund);
    }
    await mayLoseAnswer();
    return { state: 'done', providerRefundId: isTbank ? null : refund.id, refundedMinor: isTbank ? sumOf(payment) : null };
  };
  fake.find = async (of) => {
    await mayFail();
    const payment = known(of);
    const told = payment ? tell(payment, true) : null;
    // An answer may be overtaken by what happens.
    await mayLoseAnswer();
    return told;
  };

  const bank: Bank = {
    payments: [],
    troubleOdds: 0,
    async pay(how) {
      // One of the last that were opened, mostly; also one that was given up long ago.
      const open = [...pages.values()].filter((one) => one.open);
      const page = random() < 0.7 ? open.at(-1) : oneOf(open);
      if (!page) return;
      const { attemptId, amountMinor, currency, customerId, saveMethod } = page.page;
      if (!isTbank && random() < 0.8) {
        const told = { t: 'check', amountMinor, currency, customerId, test: fake.test } as const;
        if (checkCode(await findPayable(app, fake.id, attemptId), told, app.clock.now()) !== 0) return;
      }
      // It was withdrawn while the payer was asked.
      if (!page.open) return;
      const payment = (isTbank ? bank.payments.find((one) => one.attemptId === attemptId) : null) ?? add(page.page, 'page');
      if (payment.state !== 'opened' && payment.state !== 'failed') return;
      payment.state = how;
      if (how === 'captured' && saveMethod && random() < 0.9) payment.method = aCard();
      if (isTbank && how !== 'failed') page.open = false;
      note(payment);
    },
    settle(how) {
      const payment = oneOf(bank.payments.filter(({ state }) => state === 'authorized'));
      if (!payment) return;
      payment.state = how;
      note(payment);
    },
    giveBackInCabinet() {
      const payment = oneOf(bank.payments.filter((one) => one.state === 'captured' && sumOf(one) < one.amountMinor));
      if (!payment) return;
      const left = payment.amountMinor - sumOf(payment);
      // Of a part T-Bank tells no sum: a person has to enter it, so that by itself no book could agree.
      const refund = { id: `r-${randomUUID()}`, key: null, amountMinor: isTbank ? left : Math.ceil(left * random()) };
      payment.refunds.push(refund);
      note(payment, refund);
    },
    async bring(again) {
      const message = oneOf(messages);
      if (!message) return;
      if (!again) messages.splice(messages.indexOf(message), 1);
      try {
        await take(message);
      } catch (error) {
        if (!messages.includes(message)) messages.push(message);
        throw error;
      }
    },
    async bringAll() {
      for (const message of messages.splice(0)) await take(message);
    },
  };

  async function take({ snapshot, refundOf }: Message): Promise<void> {
    if (!isTbank && !refundOf) return void (await recordSnapshot(app, snapshot));
    const found = await fake.find(snapshot as { attemptId: string; providerPaymentId: string });
    if (!found) return;
    if (isTbank) return void (await recordSnapshot(app, withMessage(found, snapshot)));
    const { id: providerRefundId, amountMinor } = refundOf ?? { id: null, amountMinor: 0 };
    await recordSnapshot(app, withRefund(found, { t: 'refund', providerRefundId, amountMinor, currency: snapshot.currency, at: null }));
  }
  return bank;
}
