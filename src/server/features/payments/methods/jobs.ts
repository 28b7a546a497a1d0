import type { App } from '../../../platform/app.ts';
import { handle, type JobHandler } from '../../../platform/jobs.ts';
import { paymentsForgetMethod } from '../job-kinds.ts';
import { findProvider } from '../provider.ts';

/** Has the provider forget a card that was forgotten here. One that came back meanwhile stays. */
async function forgetAtProvider(app: App, { methodId }: { methodId: string }): Promise<void> {
  const method = await app.db.paymentMethod.findFirst({
    where: { id: methodId, forgottenAt: { not: null } },
    select: { personId: true, provider: true, providerRef: true },
  });
  const provider = method && findProvider(app, method.provider);
  if (provider) await provider.forgetMethod({ customerId: method.personId, providerRef: method.providerRef });
}

export const methodsJobs: JobHandler[] = [handle(paymentsForgetMethod, forgetAtProvider)];
