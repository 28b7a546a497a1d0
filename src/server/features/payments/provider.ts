import { AppError } from '#shared/errors.ts';
import type { ProviderId } from '#shared/payments.ts';
import type { App } from '../../platform/app.ts';
import type { PaymentProvider, Payments } from '../../platform/payments.ts';

/** @throws AppError PAYMENTS_OFF */
export function paymentsOf(app: App): Payments {
  if (!app.payments) throw new AppError('PAYMENTS_OFF');
  return app.payments;
}

/** @throws AppError PAYMENTS_OFF, PAYMENTS_STOPPED where this one is not configured (any more) */
export function providerOf(app: App, id: ProviderId): PaymentProvider {
  const provider = paymentsOf(app).provider(id);
  if (!provider) throw new AppError('PAYMENTS_STOPPED');
  return provider;
}

/** The acquirer that a row names; null where it is not configured (any more). */
export function findProvider(app: App, id: string): PaymentProvider | null {
  return paymentsOf(app).all.find((provider) => provider.id === id) ?? null;
}
