import { writeSync } from 'node:fs';
import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from './config.ts';

export type Log = Logger;

/** Keys whose values never reach a log, in small letters, however deep they stand. */
const secretKeys = new Set([
  ...['password', 'code', 'cookie', 'set-cookie', 'authorization', 'proxy-authorization', 'secret', 'token', 'passwordhash', 'codehash'],
  ...['connectionstring', 'flow', 'unsubscribe', 'ticket', 'setup', 'codes'],
  // As payment providers write them.
  ...['accounttoken', 'rebillid', 'pan', 'content-hmac', 'x-content-hmac', 'cardcryptogrampacket'],
  // Whose it is.
  ...['email', 'to', 'firstname', 'lastname', 'phone', 'envelope', 'rejected', 'recipient'],
]);
/** Of errors: what a statement was to write, and the row that was refused. */
const rowKeys = new Set(['detail', 'where', 'query', 'internalquery', 'parameters', 'values', 'input', 'body', 'html', 'text']);
/** The code of an error («ECONNRESET», «23505», 550) is what one looks for, and no code that opens anything: those have six digits. */
const isErrorCode = (value: unknown) => typeof value === 'number' || (typeof value === 'string' && !/^\d{6,}$/.test(value));

const hidden = '[hidden]';
const deepest = 8;

/** What a line may say of something. Errors keep message, stack, code and cause. */
function shown(value: unknown, key = '', depth = 0, inError = false): unknown {
  const name = key.toLowerCase();
  if (secretKeys.has(name) && value !== undefined && !(name === 'code' && inError && isErrorCode(value))) return hidden;
  if (inError && rowKeys.has(name) && value !== undefined) return hidden;
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth === deepest) return '[…]';
  if (value instanceof Error) {
    const { name: type, message, stack = '', cause } = value;
    const errors = value instanceof AggregateError ? { errors: value.errors } : {};
    const more = entries({ ...value, ...errors, ...(cause !== undefined && { cause }) }, depth, true);
    return { ...more, type, message: withoutValues(message), stack: withoutValues(stack) };
  }
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.slice(0, 100).map((each) => shown(each, '', depth + 1, inError));
  return entries(value, depth, inError);
}

/** Prisma prints what was to be written into the message of what it refuses; PostgreSQL the value that it cannot read. */
function withoutValues(text: string): string {
  return text.replace(/\n\{\n[\s\S]*\n\}\n/, '\n{ … }\n').replaceAll(/(invalid input [^:\n]+): "[^"\n]*"/g, '$1: "…"');
}

function entries(value: object, depth: number, inError: boolean): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shown(each, key, depth + 1, inError)]));
}

/**
 * What no key tells of, in texts of others: addresses of people, tokens of bots, links that open something, cookies of sessions. With a sign that must
 * be there, so that most lines are not looked through.
 */
const patterns: readonly [sign: string, RegExp, string][] = [
  // The id of a letter is none of a person's, and a letter is found by it.
  ['@', /(?<![\p{L}\d._%+-])(?![\da-f]{32}@)[\p{L}\d._%+-]+@[\p{L}\d-]+\.[\p{L}\d.-]+/gu, '[address]'],
  ['://', /(:\/\/[^\s:/@"]*:)[^\s@/"]+@/g, `$1${hidden}@`],
  ['bot', /\bbot\d{5,20}:[\w-]{20,100}/g, hidden],
  ['/unsubscribe/', /(\/unsubscribe\/)[\w.%-]+/g, `$1${hidden}`],
  ['=', /([?&](?:start|token|code|secret|signature)=)[\w.%-]+/g, `$1${hidden}`],
  ['otlichno', /((?:__Host-)?otlichno(?:-[a-z]+)?=)[^;\s"\\]+/g, `$1${hidden}`],
  ['Bearer ', /\bBearer [\w+/=.-]{8,}/g, `Bearer ${hidden}`],
  ['Basic ', /\bBasic [\w+/=.-]{8,}/g, `Basic ${hidden}`],
];

/** Makes texts of others fit to be shown: without the secrets of this school, and without what looks like one. */
export function scrubber(secrets: readonly string[]): (text: string) => string {
  // As they are, and as they stand in addresses and in JSON.
  const forms = secrets
    .filter((secret) => secret.length >= 6)
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]);
  const unique = [...new Set(forms)].sort((a, b) => b.length - a.length);
  const known = unique.length > 0 ? new RegExp(unique.map((form) => form.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')).join('|'), 'g') : null;
  return (text) => {
    const without = known ? text.replace(known, hidden) : text;
    return patterns.reduce(
      (before, [sign, pattern, instead]) => (before.includes(sign) ? before.replace(pattern, instead) : before),
      without,
    );
  };
}

/** The values of a configuration that nobody may read. */
export function secretsOf(config: Config): string[] {
  const { database, secret, mail, store, telegram, payments } = config;
  return [
    ...(database.kind === 'external' ? passwordsOf(database.url) : []),
    secret,
    ...(mail.kind === 'smtp' ? [...passwordsOf(mail.url), mail.dkim?.privateKey] : []),
    ...(store.kind === 's3' ? [store.secretAccessKey] : []),
    telegram?.token,
    ...(telegram?.proxy ? passwordsOf(telegram.proxy) : []),
    telegram?.updates.kind === 'webhook' ? telegram.updates.secret : null,
    payments?.tbank?.password,
    payments?.cloudpayments?.secret,
    config.metricsToken,
  ].filter((value) => typeof value === 'string');
}

function passwordsOf(url: string): string[] {
  const { password } = new URL(url);
  return password === '' ? [] : [password, decodeURIComponent(password)];
}

/** How long a reader who is slower than the school is waited for, and how often it is tried meanwhile. */
const patienceMs = 2_000;
const againMs = 5;
const asleep = new Int32Array(new SharedArrayBuffer(4));

/**
 * Writes lines at once. One for which there is no room, because the disk is full, is dropped: it must not end the school, nor keep it from ending, and what
 * comes when there is room again is written.
 */
export function logOutput(descriptor: number): DestinationStream {
  return {
    write(line) {
      const bytes = Buffer.from(line);
      const deadline = performance.now() + patienceMs;
      for (let at = 0; at < bytes.length; ) {
        try {
          at += writeSync(descriptor, bytes, at);
        } catch (error) {
          const isFull = error instanceof Error && 'code' in error && error.code === 'EAGAIN';
          if (!isFull || performance.now() > deadline) return;
          Atomics.wait(asleep, 0, 0, againMs);
        }
      }
    },
  };
}

/** The log of a process: for machines JSON, for whoever sits at the terminal lines to be read. */
export function openLog(config: Config, level = config.logLevel): Log {
  const output = logOutput(1);
  return createLog(level, process.stdout.isTTY ? readable(output) : output, secretsOf(config));
}

const levelNames: Record<number, string> = pino.levels.labels;

/** «14:05:09 error job failed, will be tried again  job=registry.write», and below it what went wrong. */
export function readable(output: DestinationStream): DestinationStream {
  return {
    write(line) {
      const { level, time, msg, err, ...rest } = JSON.parse(line) as {
        level: number;
        time: string;
        msg?: string;
        err?: { stack?: string };
      };
      const more = Object.entries(rest).map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
      const head = [`${time.slice(11, 19)} ${levelNames[level] ?? level} ${msg ?? ''}`, ...more].join('  ');
      const below = err ? `\n    ${(err.stack ?? JSON.stringify(err)).replaceAll('\n', '\n    ')}` : '';
      output.write(`${head}${below}\n`);
    },
  };
}

/**
 * One JSON object a line, on standard output where no other destination is given. Names and addresses of people, and whatever opens something, are in
 * none: by their keys, by how they look, and, of the configuration, by their values.
 */
export function createLog(level: string, destination: DestinationStream = logOutput(1), secrets: readonly string[] = []): Log {
  const scrub = scrubber(secrets);
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: (error) => error },
      formatters: { log: (fields) => entries(fields, 0, false) },
    },
    { write: (line) => destination.write(scrub(line)) },
  );
}
