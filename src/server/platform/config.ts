/** All settings of a school, read once. One file, because what may be said together is checked where it is read. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { type Currency, currencies } from '#shared/payments.ts';
import { isTimeZone } from '#shared/people.ts';

const text = z.string().trim().min(1);
const httpUrl = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''));
/** Where keys and charges go: in the open only to this very machine (a stand-in). */
const acquirerUrl = httpUrl.refine(
  (url) => url.startsWith('https:') || ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname),
  'has to begin with https://',
);
const port = z.coerce.number().int().min(0).max(65_535);

/** Tax systems as the law on receipts (54-FZ) tells them apart. */
export const taxations = ['osn', 'usn_income', 'usn_income_outcome', 'esn', 'patent'] as const;

/** Every variable the server reads, as it comes from the environment or from .env. Kept in step with .env.example by a test. */
const environment = z.object({
  PORT: port.default(3000),
  HOST: text.default('127.0.0.1'),
  PUBLIC_URL: httpUrl.optional(),
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  DATA_DIR: text.default('.data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  WORKERS: z.coerce.number().int().min(1).max(64).default(1),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(16),
  BACKUP_DIR: text.optional(),
  BACKUP_KEEP: z.coerce.number().int().min(1).max(10_000).default(14),
  SECRET: z.string().min(32, 'needs at least 32 characters, for example from: openssl rand -hex 32').optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: text.optional(),
  DKIM_DOMAIN: text.optional(),
  DKIM_SELECTOR: text.optional(),
  DKIM_KEY_FILE: text.optional(),
  S3_ENDPOINT: httpUrl.optional(),
  S3_REGION: text.optional(),
  S3_BUCKET: z
    .string()
    .trim()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'is not the name of a bucket')
    .optional(),
  S3_ACCESS_KEY_ID: text.optional(),
  S3_SECRET_ACCESS_KEY: text.optional(),
  S3_PREFIX: z
    .string()
    .trim()
    .regex(/^(?!.*\.\.)[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*\/?$/, 'is not a path of letters, digits, _ . and -')
    .optional(),
  TELEGRAM_TOKEN: z
    .string()
    .trim()
    .regex(/^\d{1,20}:[A-Za-z0-9_-]{10,100}$/, 'is not the token of a bot, which looks like 123456:ABC-DEF')
    .optional(),
  TELEGRAM_API_ROOT: httpUrl.default('https://api.telegram.org'),
  TELEGRAM_LINK_ROOT: httpUrl.default('https://t.me'),
  TELEGRAM_PROXY: z.url({ protocol: /^(https?|socks5h?)$/ }).optional(),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[A-Za-z0-9_-]{16,256}$/, 'needs 16 to 256 letters, digits, _ and -')
    .optional(),
  TELEGRAM_MESSAGES_PER_SECOND: z.coerce.number().min(1).max(1000).default(30),
  NOTICE_DELAY_SECONDS: z.coerce.number().int().min(0).max(3600).default(60),
  CHAT_MESSAGES_PER_MINUTE: z.coerce.number().int().min(1).max(100_000).default(30),
  PAYMENTS_TBANK_TERMINAL: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9_]{1,20}$/, 'is not the key of a terminal')
    .optional(),
  PAYMENTS_TBANK_PASSWORD: text.optional(),
  PAYMENTS_TBANK_API_ROOT: acquirerUrl.default('https://securepay.tinkoff.ru/v2'),
  PAYMENTS_CLOUDPAYMENTS_PUBLIC_ID: text.optional(),
  PAYMENTS_CLOUDPAYMENTS_SECRET: text.optional(),
  PAYMENTS_CLOUDPAYMENTS_API_ROOT: acquirerUrl.default('https://api.cloudpayments.ru'),
  PAYMENTS_CLOUDPAYMENTS_CURRENCIES: z
    .string()
    .transform((typed) => typed.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(z.enum(currencies)).min(1))
    .optional(),
  PAYMENTS_TAXATION: z.enum(taxations).optional(),
  PAYMENTS_VAT: z
    .string()
    .regex(/^(none|vat\d{1,3})$/, 'is none, or vat with a number such as vat5')
    .optional(),
  PAYMENTS_RECEIPT_METHOD: z.enum(['full_payment', 'full_prepayment']).default('full_payment'),
  PAYMENTS_TEST: z.enum(['on', 'off']).default('off'),
  PAYMENTS_NETWORKS: z.enum(['known', 'any']).default('any'),
  SCHOOL_TIME_ZONE: z.string().refine(isTimeZone, 'is not a time zone name such as Europe/Moscow').default('Europe/Moscow'),
  SOURCE_URL: httpUrl.default('https://github.com/otlichno-school/otlichno'),
  DEMO: z.enum(['on', 'off']).optional(),
  OFFLINE: z.enum(['on', 'off']).default('on'),
  METRICS_TOKEN: z.string().min(16, 'needs at least 16 characters, for example from: openssl rand -hex 16').optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).optional(),
});

export const configNames = Object.keys(environment.shape);

export interface DkimConfig {
  domainName: string;
  keySelector: string;
  privateKey: string;
}

export interface S3Config {
  kind: 's3';
  /** Without a bucket, and without a slash at the end. */
  endpoint: string;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** Before every key: empty, or with a slash at the end. */
  prefix: string;
}

export interface Config {
  port: number;
  host: string;
  /** Address of the site as people type it, without a slash at the end. */
  publicUrl: string;
  /** Proxies in front of the server whose X-Forwarded-For is believed. */
  trustProxy: number;
  dataDir: string;
  database: { kind: 'embedded' } | { kind: 'external'; url: string };
  /** Processes that serve the site, on this machine; 1: the one that was started. */
  workers: number;
  /** Connections of one process. */
  databasePool: number;
  /** Where backups lie, and how many are kept. */
  backups: { dir: string; keep: number };
  /** Null: made once and kept in the data folder (embedded database only). */
  secret: string | null;
  mail: { kind: 'folder' } | { kind: 'smtp'; url: string; from: string; dkim: DkimConfig | null };
  /** Null: this school has no bot. */
  telegram: TelegramConfig | null;
  /** Null: this school takes no payments. */
  payments: PaymentsConfig | null;
  /** Where files are kept: a folder of the data folder, or a bucket. */
  store: { kind: 'disk' } | S3Config;
  /** How long a message of a chat may be read on the site before Telegram and mail tell of it. */
  noticeDelayMs: number;
  /** Messages a minute that one student may send. */
  chatMessagesPerMinute: number;
  schoolTimeZone: string;
  sourceUrl: string;
  demo: boolean;
  /** Browsers keep the theory of opened topics, to be read without a network. */
  offline: boolean;
  /** Who shows it may read /metrics; null: this machine only. */
  metricsToken: string | null;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

export interface TelegramConfig {
  token: string;
  /** Of the bot: the digits before the colon of the token. */
  botId: bigint;
  /** Without a slash at the end. */
  apiRoot: string;
  /** Before the bot's name in links that people open. */
  linkRoot: string;
  proxy: string | null;
  updates: { kind: 'polling' } | { kind: 'webhook'; secret: string };
  /** What Telegram allows one bot; over all processes. */
  perSecond: number;
}

export interface PaymentsConfig {
  tbank: TbankConfig | null;
  cloudpayments: CloudPaymentsConfig | null;
  /** Null: no receipts are sent; the school makes them itself. */
  receipts: ReceiptConfig | null;
  /** Messages from elsewhere than the networks that the providers have published are refused. */
  checkNetworks: boolean;
}

export interface TbankConfig {
  terminalKey: string;
  password: string;
  /** Without a slash at the end. */
  apiRoot: string;
  /** Test payments count. On a school that sells, they must not. */
  test: boolean;
}

export interface CloudPaymentsConfig {
  publicId: string;
  secret: string;
  /** Of CloudPayments, or of a sister that speaks the same API. Without a slash at the end. */
  apiRoot: string;
  currencies: readonly Currency[];
  test: boolean;
}

/** What receipts say (54-FZ); an accountant knows. */
export interface ReceiptConfig {
  taxation: (typeof taxations)[number];
  /** «none», «vat5»: as T-Bank calls it; new rates need no new version. */
  vat: string;
  method: 'full_payment' | 'full_prepayment';
}

/** A configuration that cannot be used; `message` is the one line to show. */
export class ConfigError extends Error {}

/**
 * Reads and checks the whole configuration.
 * @throws ConfigError naming the first variable that is wrong and why
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([name, value]) => configNames.includes(name) && value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new ConfigError(`Configuration: ${issue?.path.join('.')} ${issue?.message ?? 'is wrong'}`);
  }
  const e = parsed.data;
  const external = e.DATABASE_URL !== undefined;
  if (external && e.SECRET === undefined) {
    throw new ConfigError(
      'Configuration: SECRET is needed beside DATABASE_URL, so that all processes share one. For example: openssl rand -hex 32',
    );
  }
  return {
    port: e.PORT,
    host: e.HOST,
    publicUrl: e.PUBLIC_URL ?? `http://localhost:${e.PORT}`,
    trustProxy: e.TRUST_PROXY,
    dataDir: resolve(e.DATA_DIR),
    database: e.DATABASE_URL === undefined ? { kind: 'embedded' } : { kind: 'external', url: e.DATABASE_URL },
    workers: e.WORKERS,
    databasePool: e.DATABASE_POOL,
    backups: { dir: resolve(e.BACKUP_DIR ?? join(e.DATA_DIR, 'backups')), keep: e.BACKUP_KEEP },
    secret: e.SECRET ?? null,
    mail: mailConfig(e),
    telegram: telegramConfig(e),
    payments: paymentsConfig(e),
    store: storeConfig(e),
    noticeDelayMs: e.NOTICE_DELAY_SECONDS * 1000,
    chatMessagesPerMinute: e.CHAT_MESSAGES_PER_MINUTE,
    schoolTimeZone: e.SCHOOL_TIME_ZONE,
    sourceUrl: e.SOURCE_URL,
    demo: e.DEMO === undefined ? !external : e.DEMO === 'on',
    offline: e.OFFLINE === 'on',
    metricsToken: e.METRICS_TOKEN ?? null,
    // On the embedded defaults a person reads the terminal: letters and faults, not every request.
    logLevel: e.LOG_LEVEL ?? (external ? 'info' : 'warn'),
  };
}

function mailConfig(e: z.infer<typeof environment>): Config['mail'] {
  const dkim = [e.DKIM_DOMAIN, e.DKIM_SELECTOR, e.DKIM_KEY_FILE];
  if (e.SMTP_URL === undefined) {
    if (dkim.some((value) => value !== undefined)) throw new ConfigError('Configuration: DKIM_* needs SMTP_URL');
    return { kind: 'folder' };
  }
  if (e.MAIL_FROM === undefined)
    throw new ConfigError('Configuration: MAIL_FROM is needed beside SMTP_URL, for example: Отлично <school@example.ru>');
  if (e.DKIM_DOMAIN === undefined || e.DKIM_SELECTOR === undefined || e.DKIM_KEY_FILE === undefined) {
    if (dkim.some((value) => value !== undefined)) {
      throw new ConfigError('Configuration: DKIM_DOMAIN, DKIM_SELECTOR and DKIM_KEY_FILE go together');
    }
    return { kind: 'smtp', url: e.SMTP_URL, from: e.MAIL_FROM, dkim: null };
  }
  let privateKey: string;
  try {
    privateKey = readFileSync(e.DKIM_KEY_FILE, 'utf8');
  } catch {
    throw new ConfigError(`Configuration: DKIM_KEY_FILE ${e.DKIM_KEY_FILE} cannot be read`);
  }
  // The mailer signs with RSA only and is silent about any other key: the letters would go out unsigned.
  if (!/BEGIN (RSA )?PRIVATE KEY/.test(privateKey))
    throw new ConfigError('Configuration: DKIM_KEY_FILE holds no RSA private key in PEM form');
  return {
    kind: 'smtp',
    url: e.SMTP_URL,
    from: e.MAIL_FROM,
    dkim: { domainName: e.DKIM_DOMAIN, keySelector: e.DKIM_SELECTOR, privateKey },
  };
}

function telegramConfig(e: z.infer<typeof environment>): TelegramConfig | null {
  if (e.TELEGRAM_TOKEN === undefined) {
    if (e.TELEGRAM_PROXY !== undefined || e.TELEGRAM_WEBHOOK_SECRET !== undefined)
      throw new ConfigError('Configuration: TELEGRAM_PROXY and TELEGRAM_WEBHOOK_SECRET need TELEGRAM_TOKEN');
    return null;
  }
  if (e.TELEGRAM_WEBHOOK_SECRET !== undefined && !e.PUBLIC_URL?.startsWith('https://'))
    throw new ConfigError('Configuration: TELEGRAM_WEBHOOK_SECRET needs PUBLIC_URL with https://, for Telegram calls nothing else');
  return {
    token: e.TELEGRAM_TOKEN,
    botId: BigInt(e.TELEGRAM_TOKEN.split(':')[0] ?? ''),
    apiRoot: e.TELEGRAM_API_ROOT,
    linkRoot: e.TELEGRAM_LINK_ROOT,
    proxy: e.TELEGRAM_PROXY ?? null,
    updates: e.TELEGRAM_WEBHOOK_SECRET === undefined ? { kind: 'polling' } : { kind: 'webhook', secret: e.TELEGRAM_WEBHOOK_SECRET },
    perSecond: e.TELEGRAM_MESSAGES_PER_SECOND,
  };
}

function paymentsConfig(e: z.infer<typeof environment>): PaymentsConfig | null {
  const test = e.PAYMENTS_TEST === 'on';
  const tbank = both('PAYMENTS_TBANK_TERMINAL', e.PAYMENTS_TBANK_TERMINAL, 'PAYMENTS_TBANK_PASSWORD', e.PAYMENTS_TBANK_PASSWORD);
  const cloud = both(
    'PAYMENTS_CLOUDPAYMENTS_PUBLIC_ID',
    e.PAYMENTS_CLOUDPAYMENTS_PUBLIC_ID,
    'PAYMENTS_CLOUDPAYMENTS_SECRET',
    e.PAYMENTS_CLOUDPAYMENTS_SECRET,
  );
  if (!cloud && e.PAYMENTS_CLOUDPAYMENTS_CURRENCIES)
    throw new ConfigError('Configuration: PAYMENTS_CLOUDPAYMENTS_CURRENCIES needs PAYMENTS_CLOUDPAYMENTS_PUBLIC_ID');
  // Such a terminal, and the bank's test host, only ever report test payments: all of them would be held.
  if (!test && tbank && (tbank[0].endsWith('DEMO') || new URL(e.PAYMENTS_TBANK_API_ROOT).host.startsWith('rest-api-test.')))
    throw new ConfigError('Configuration: PAYMENTS_TBANK_TERMINAL is a test terminal, which needs PAYMENTS_TEST=on');
  const receipts = receiptConfig(e);
  if (!tbank && !cloud) {
    if (receipts || test) throw new ConfigError('Configuration: PAYMENTS_TAXATION and PAYMENTS_TEST need the keys of a provider');
    return null;
  }
  return {
    tbank: tbank && { terminalKey: tbank[0], password: tbank[1], apiRoot: e.PAYMENTS_TBANK_API_ROOT, test },
    cloudpayments: cloud && {
      publicId: cloud[0],
      secret: cloud[1],
      apiRoot: e.PAYMENTS_CLOUDPAYMENTS_API_ROOT,
      currencies: e.PAYMENTS_CLOUDPAYMENTS_CURRENCIES ?? ['RUB'],
      test,
    },
    receipts,
    checkNetworks: e.PAYMENTS_NETWORKS === 'known',
  };
}

function receiptConfig(e: z.infer<typeof environment>): ReceiptConfig | null {
  const given = both('PAYMENTS_TAXATION', e.PAYMENTS_TAXATION, 'PAYMENTS_VAT', e.PAYMENTS_VAT);
  return given && { taxation: given[0], vat: given[1], method: e.PAYMENTS_RECEIPT_METHOD };
}

/** Two variables that go together; null: neither is there. */
function both<A, B>(nameA: string, a: A | undefined, nameB: string, b: B | undefined): [A, B] | null {
  if (a !== undefined && b !== undefined) return [a, b];
  if (a !== undefined || b !== undefined) throw new ConfigError(`Configuration: ${nameA} and ${nameB} go together`);
  return null;
}

function storeConfig(e: z.infer<typeof environment>): Config['store'] {
  const parts = {
    S3_ENDPOINT: e.S3_ENDPOINT,
    S3_REGION: e.S3_REGION,
    S3_BUCKET: e.S3_BUCKET,
    S3_ACCESS_KEY_ID: e.S3_ACCESS_KEY_ID,
    S3_SECRET_ACCESS_KEY: e.S3_SECRET_ACCESS_KEY,
  };
  const { S3_ENDPOINT: endpoint, S3_REGION: region, S3_BUCKET: bucket } = parts;
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = parts;
  if (
    endpoint !== undefined &&
    region !== undefined &&
    bucket !== undefined &&
    accessKeyId !== undefined &&
    secretAccessKey !== undefined
  ) {
    const prefix = e.S3_PREFIX === undefined ? '' : `${e.S3_PREFIX.replace(/\/$/, '')}/`;
    return { kind: 's3', endpoint, region, bucket, accessKeyId, secretAccessKey, prefix };
  }
  const missing = Object.entries(parts).flatMap(([name, value]) => (value === undefined ? [name] : []));
  if (missing.length < Object.keys(parts).length || e.S3_PREFIX !== undefined) {
    throw new ConfigError(
      `Configuration: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} needed beside the other S3_ variables`,
    );
  }
  return { kind: 'disk' };
}
