import type { providers as ru } from '../../../ru/office/payments/providers.ts';

export const providers: typeof ru = {
  load: 'Could not load how payments are taken',
  works: 'Takes payments',
  stopped: 'Stopped',
  test: 'Test mode',
  testText: 'No money is charged. For real payments give the real keys and switch PAYMENTS_TEST off.',
  currencies: 'Currencies',
  lastEvent: 'Last message of the bank',
  noEvents: 'No messages yet. Check the notification addresses in the cabinet.',
  stoppedSince: (at) => `Stopped ${at}.`,
  stoppedBy: (name, at) => `Stopped ${at} by ${name}.`,
  stoppedText: 'New payments and charges of subscriptions do not begin. Payments under way, messages of the bank and refunds go on.',
  stop: 'Stop payments',
  start: 'Start payments',
  stopping: 'Stopping',
  starting: 'Starting',
  stopOf: (name) => `Stop payments by ${name}`,
  startOf: (name) => `Start payments by ${name}`,
  nowStopped: (name) => `Payments by ${name} are stopped`,
  nowStarted: (name) => `Payments by ${name} go on`,
  webhooks: 'Notification addresses',
  webhooksHelp: {
    tbank:
      'The school tells the bank this address with every payment. Enter it in the cabinet as well: “Магазины” → terminal → “Уведомления по HTTP”.',
    cloudpayments:
      'Enter each address in the cabinet: “Сайты” → settings of the site → “Уведомления”. Method POST, encoding UTF-8, format CloudPayments.',
  },
  copy: 'Copy',
  copyOf: (name) => `Copy the address ${name}`,
  copied: 'Address copied',
  copyFailed: 'Could not copy. Select the address and copy it by hand.',
  local: 'The address begins with localhost: the bank cannot see it. Set PUBLIC_URL.',
  missing: {
    title: 'Not connected',
    tbank: 'T-Bank: cards, SBP, T-Pay, SberPay, Mir Pay. Needs PAYMENTS_TBANK_TERMINAL and PAYMENTS_TBANK_PASSWORD.',
    cloudpayments: 'CloudPayments: cards, SBP, other currencies. Needs PAYMENTS_CLOUDPAYMENTS_PUBLIC_ID and PAYMENTS_CLOUDPAYMENTS_SECRET.',
  },
  docs: 'docs/payments.md says how to set it up, step by step.',
};
