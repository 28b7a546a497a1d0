import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ConfigError, configNames, readConfig } from './config.ts';

const folder = mkdtempSync(join(tmpdir(), 'otlichno-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

function aFile(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}
const rsaKey = '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n';
const secret = 'x'.repeat(32);
const database = { DATABASE_URL: 'postgresql://u:p@db.example:5432/school', SECRET: secret };
const smtp = { SMTP_URL: 'smtps://u:p@smtp.example:465', MAIL_FROM: 'Школа <a@example.ru>' };
const tbank = { PAYMENTS_TBANK_TERMINAL: '1321054611234', PAYMENTS_TBANK_PASSWORD: 'hunter2' };
const cloud = { PAYMENTS_CLOUDPAYMENTS_PUBLIC_ID: 'pk_1', PAYMENTS_CLOUDPAYMENTS_SECRET: 'hunter2' };
const s3 = {
  S3_ENDPOINT: 'https://storage.example/',
  S3_REGION: 'ru-central1',
  S3_BUCKET: 'school-files',
  S3_ACCESS_KEY_ID: 'id',
  S3_SECRET_ACCESS_KEY: 'hunter2',
};
const without = (name: keyof typeof s3) => ({ ...s3, [name]: '' });
const dkim = { DKIM_DOMAIN: 'example.ru', DKIM_SELECTOR: 'mail', DKIM_KEY_FILE: aFile('dkim.pem', rsaKey) };

test('nothing has to be set for a first look', () => {
  expect(readConfig({})).toEqual({
    port: 3000,
    host: '127.0.0.1',
    publicUrl: 'http://localhost:3000',
    trustProxy: 0,
    dataDir: resolve('.data'),
    database: { kind: 'embedded' },
    workers: 1,
    databasePool: 16,
    backups: { dir: resolve('.data/backups'), keep: 14 },
    secret: null,
    mail: { kind: 'folder' },
    telegram: null,
    payments: null,
    store: { kind: 'disk' },
    noticeDelayMs: 60_000,
    chatMessagesPerMinute: 30,
    schoolTimeZone: 'Europe/Moscow',
    sourceUrl: 'https://github.com/otlichno-school/otlichno',
    demo: true,
    offline: true,
    metricsToken: null,
    logLevel: 'warn',
  });
});

describe('what is set is what is used', () => {
  test.each<[Record<string, string>, Partial<ReturnType<typeof readConfig>>]>([
    [{ PORT: '8080' }, { port: 8080, publicUrl: 'http://localhost:8080' }],
    [{ PORT: '0' }, { port: 0 }],
    [{ PORT: '' }, { port: 3000 }],
    [{ HOST: '0.0.0.0' }, { host: '0.0.0.0' }],
    [{ PUBLIC_URL: 'https://school.example.ru/' }, { publicUrl: 'https://school.example.ru' }],
    [{ TRUST_PROXY: '2' }, { trustProxy: 2 }],
    [{ DATA_DIR: '/var/lib/otlichno' }, { dataDir: '/var/lib/otlichno' }],
    [database, { database: { kind: 'external', url: database.DATABASE_URL }, secret, demo: false, logLevel: 'info' }],
    [
      { ...database, DEMO: 'on', LOG_LEVEL: 'debug' },
      { demo: true, logLevel: 'debug' },
    ],
    [
      { ...database, DATABASE_URL: 'postgres://u:p@db.example/school' },
      { database: { kind: 'external', url: 'postgres://u:p@db.example/school' } },
    ],
    [{ DATABASE_POOL: '4' }, { databasePool: 4 }],
    [{ CHAT_MESSAGES_PER_MINUTE: '120' }, { chatMessagesPerMinute: 120 }],
    [{ SECRET: secret }, { secret, database: { kind: 'embedded' } }],
    [{ DEMO: 'off' }, { demo: false }],
    [smtp, { mail: { kind: 'smtp', url: smtp.SMTP_URL, from: smtp.MAIL_FROM, dkim: null } }],
    [
      { ...smtp, ...dkim },
      {
        mail: {
          kind: 'smtp',
          url: smtp.SMTP_URL,
          from: smtp.MAIL_FROM,
          dkim: { domainName: 'example.ru', keySelector: 'mail', privateKey: rsaKey },
        },
      },
    ],
    [
      s3,
      {
        store: {
          kind: 's3',
          endpoint: 'https://storage.example',
          region: 'ru-central1',
          bucket: 'school-files',
          accessKeyId: 'id',
          secretAccessKey: 'hunter2',
          prefix: '',
        },
      },
    ],
    [{ ...s3, S3_PREFIX: 'school/one' }, { store: expect.objectContaining({ prefix: 'school/one/' }) }],
    [{ ...s3, S3_PREFIX: 'school/' }, { store: expect.objectContaining({ prefix: 'school/' }) }],
    [
      tbank,
      {
        payments: {
          tbank: { terminalKey: '1321054611234', password: 'hunter2', apiRoot: 'https://securepay.tinkoff.ru/v2', test: false },
          cloudpayments: null,
          receipts: null,
          checkNetworks: false,
        },
      },
    ],
    [
      {
        ...cloud,
        PAYMENTS_CLOUDPAYMENTS_API_ROOT: 'https://api.tiptoppay.kz/',
        PAYMENTS_CLOUDPAYMENTS_CURRENCIES: 'KZT, RUB',
        PAYMENTS_TEST: 'on',
        PAYMENTS_NETWORKS: 'known',
        PAYMENTS_TAXATION: 'usn_income',
        PAYMENTS_VAT: 'vat22',
      },
      {
        payments: {
          tbank: null,
          cloudpayments: {
            publicId: 'pk_1',
            secret: 'hunter2',
            apiRoot: 'https://api.tiptoppay.kz',
            currencies: ['KZT', 'RUB'],
            test: true,
          },
          receipts: { taxation: 'usn_income', vat: 'vat22', method: 'full_payment' },
          checkNetworks: true,
        },
      },
    ],
    [{ SCHOOL_TIME_ZONE: 'Asia/Novosibirsk' }, { schoolTimeZone: 'Asia/Novosibirsk' }],
    [{ SOURCE_URL: 'https://git.example/our-fork' }, { sourceUrl: 'https://git.example/our-fork' }],
    [{ PAYMENTS_TBANK_API_ROOT: 'https://rest-api-test.tinkoff.ru/v2' }, { payments: null }],
    [{ PATH: '/bin', UNKNOWN: 'x' }, {}],
  ])('%j', (env, part) => {
    expect(readConfig(env)).toMatchObject(part);
  });
});

describe('what is wrong or half set stops the start with one line that names it', () => {
  test.each<[string, Record<string, string>]>([
    ['PORT', { PORT: 'http' }],
    ['PORT', { PORT: '70000' }],
    ['PORT', { PORT: '-1' }],
    ['PORT', { PORT: '80.5' }],
    ['HOST', { HOST: '  ' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'school.example.ru' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'ftp://school.example.ru' }],
    ['TRUST_PROXY', { TRUST_PROXY: 'true' }],
    ['DATABASE_URL', { ...database, DATABASE_URL: 'mysql://u:hunter2@db/school' }],
    ['DATABASE_URL', { ...database, DATABASE_URL: 'db.example' }],
    ['DATABASE_POOL', { DATABASE_POOL: '0' }],
    ['CHAT_MESSAGES_PER_MINUTE', { CHAT_MESSAGES_PER_MINUTE: '0' }],
    ['SECRET', { SECRET: 'hunter2' }],
    ['SECRET', { DATABASE_URL: database.DATABASE_URL }],
    ['SMTP_URL', { ...smtp, SMTP_URL: 'https://u:hunter2@smtp.example' }],
    ['MAIL_FROM', { SMTP_URL: smtp.SMTP_URL }],
    ['DKIM_', dkim],
    ['DKIM_', { ...smtp, ...dkim, DKIM_SELECTOR: '' }],
    ['DKIM_', { ...smtp, DKIM_DOMAIN: 'example.ru' }],
    ['DKIM_KEY_FILE', { ...smtp, ...dkim, DKIM_KEY_FILE: '/no/such/file.pem' }],
    ['DKIM_KEY_FILE', { ...smtp, ...dkim, DKIM_KEY_FILE: aFile('ed25519.pem', '-----BEGIN OPENSSH PRIVATE KEY-----') }],
    ['S3_ENDPOINT', without('S3_ENDPOINT')],
    ['S3_REGION', without('S3_REGION')],
    ['S3_BUCKET', without('S3_BUCKET')],
    ['S3_ACCESS_KEY_ID', without('S3_ACCESS_KEY_ID')],
    ['S3_SECRET_ACCESS_KEY', without('S3_SECRET_ACCESS_KEY')],
    ['S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY', { S3_ENDPOINT: s3.S3_ENDPOINT, S3_REGION: s3.S3_REGION }],
    ['S3_ENDPOINT', { S3_PREFIX: 'school' }],
    ['S3_ENDPOINT', { ...s3, S3_ENDPOINT: 'storage.example' }],
    ['S3_BUCKET', { ...s3, S3_BUCKET: 'School Files' }],
    ['S3_PREFIX', { ...s3, S3_PREFIX: '../other' }],
    ['S3_PREFIX', { ...s3, S3_PREFIX: '/school' }],
    ['PAYMENTS_TBANK_PASSWORD', { PAYMENTS_TBANK_TERMINAL: '1' }],
    ['PAYMENTS_TBANK_TERMINAL', { PAYMENTS_TBANK_PASSWORD: 'hunter2' }],
    ['PAYMENTS_TBANK_TERMINAL', { ...tbank, PAYMENTS_TBANK_TERMINAL: 'a terminal of more than twenty signs' }],
    ['PAYMENTS_TBANK_API_ROOT', { ...tbank, PAYMENTS_TBANK_API_ROOT: 'securepay.tinkoff.ru' }],
    ['PAYMENTS_TBANK_API_ROOT', { ...tbank, PAYMENTS_TBANK_API_ROOT: 'http://securepay.tinkoff.ru/v2' }],
    ['PAYMENTS_CLOUDPAYMENTS_API_ROOT', { ...cloud, PAYMENTS_CLOUDPAYMENTS_API_ROOT: 'http://localhost.example.ru' }],
    ['PAYMENTS_TEST', { ...tbank, PAYMENTS_TBANK_TERMINAL: '1321054611234DEMO' }],
    ['PAYMENTS_TEST', { ...tbank, PAYMENTS_TBANK_API_ROOT: 'https://rest-api-test.tinkoff.ru/v2' }],
    ['PAYMENTS_CLOUDPAYMENTS_SECRET', { PAYMENTS_CLOUDPAYMENTS_PUBLIC_ID: 'pk_1' }],
    ['PAYMENTS_CLOUDPAYMENTS_CURRENCIES', { ...cloud, PAYMENTS_CLOUDPAYMENTS_CURRENCIES: 'RUB,BTC' }],
    ['PAYMENTS_CLOUDPAYMENTS_CURRENCIES', { ...tbank, PAYMENTS_CLOUDPAYMENTS_CURRENCIES: 'RUB' }],
    ['PAYMENTS_VAT', { ...tbank, PAYMENTS_TAXATION: 'osn' }],
    ['PAYMENTS_VAT', { ...tbank, PAYMENTS_TAXATION: 'osn', PAYMENTS_VAT: '22%' }],
    ['PAYMENTS_TAXATION', { ...tbank, PAYMENTS_TAXATION: 'usn', PAYMENTS_VAT: 'none' }],
    ['PAYMENTS_TAXATION', { PAYMENTS_TAXATION: 'osn', PAYMENTS_VAT: 'none' }],
    ['PAYMENTS_TEST', { PAYMENTS_TEST: 'on' }],
    ['SCHOOL_TIME_ZONE', { SCHOOL_TIME_ZONE: 'Moscow' }],
    ['SOURCE_URL', { SOURCE_URL: 'github.com/us' }],
    ['DEMO', { DEMO: 'yes' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'verbose' }],
  ])('%s: %j', (name, env) => {
    const start = () => readConfig(env);
    expect(start).toThrow(ConfigError);
    expect(start).toThrow(new RegExp(`^Configuration: .*${name}.*$`));
    expect(start).not.toThrow(/hunter2/);
  });
});

test('.env.example names exactly the variables that are read, and switches none of them on', async () => {
  const lines = (await readFile(new URL('../../../.env.example', import.meta.url), 'utf8')).split('\n');
  const named = lines.flatMap((line) => /^#([A-Z][A-Z0-9_]*)=/.exec(line)?.[1] ?? []);
  expect(named.toSorted()).toEqual(configNames.toSorted());
  expect(lines.filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
});

test('every example of .env.example is a value that is accepted', async () => {
  const text = await readFile(new URL('../../../.env.example', import.meta.url), 'utf8');
  const examples = Object.fromEntries([...text.matchAll(/^#([A-Z][A-Z0-9_]*)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]));
  expect(readConfig({ ...examples, SECRET: secret, DKIM_KEY_FILE: dkim.DKIM_KEY_FILE }).publicUrl).toBe('https://school.example.ru');
});
