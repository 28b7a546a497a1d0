import { join } from 'node:path';
import { webhooksPath } from '#shared/payments.ts';
import { startAcquirer } from './acquirer/server.ts';
import type { Acquirer, AcquirerOptions } from './acquirer/types.ts';
import type { Config } from './platform/config.ts';
import type { Lifecycle } from './platform/lifecycle.ts';

/**
 * Where there are no keys, development has an acquirer of its own that plays both: its books outlive restarts, as orders in the database do.
 * @param port of the school, the one that was really taken
 */
export async function withPayments(config: Config, port: number, life: Lifecycle): Promise<Config> {
  if (config.payments) return config;
  const webhooks = `http://127.0.0.1:${port}${webhooksPath}`;
  const acquirer = await start(config.port === 0 ? 0 : config.port + 2, {
    stateFile: join(config.dataDir, 'acquirer.json'),
    webhooks: { tbank: () => `${webhooks}/tbank`, cloudpayments: (type) => `${webhooks}/cloudpayments/${type}` },
  });
  life.onStop('acquirer', () => acquirer.stop());
  const { tbank, cloudpayments } = acquirer;
  return {
    ...config,
    payments: {
      tbank: { terminalKey: tbank.terminalKey, password: tbank.password, apiRoot: tbank.url, test: true },
      cloudpayments: {
        publicId: cloudpayments.publicId,
        secret: cloudpayments.secret,
        apiRoot: cloudpayments.url,
        currencies: ['RUB'],
        test: true,
      },
      receipts: { taxation: 'usn_income', vat: 'none', method: 'full_payment' },
      checkNetworks: false,
    },
  };
}

/** Two ports behind the school's, so that its pages keep their address; any other one if that is taken. */
async function start(port: number, options: AcquirerOptions): Promise<Acquirer> {
  try {
    return await startAcquirer({ ...options, port });
  } catch {
    return await startAcquirer(options);
  }
}
