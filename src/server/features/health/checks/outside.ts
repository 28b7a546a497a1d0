import { AppError } from '#shared/errors.ts';
import { verifySmtp } from '../../../platform/mail/smtp.ts';
import { ProviderError } from '../../../platform/payments.ts';
import { isDatabaseAway } from '../../../platform/unavailable.ts';
import { failed, type HealthParts, isPrivate, type Look, off, ok, reasonOf, warning } from '../check.ts';

/** Greets the mail server and signs in there; nothing is sent. */
export const lookAtMail: Look = async (parts) => {
  const { mail, publicUrl } = parts.config;
  if (mail.kind === 'folder') return isPrivate(publicUrl) ? off((words) => words.mail.folder) : failed((words) => words.mail.none);
  const { hostname } = new URL(mail.url);
  try {
    await verifySmtp(mail);
    return ok((words) => words.mail.ok(hostname));
  } catch (error) {
    const reason = reasonOf(error, parts);
    const refused = error instanceof Error && 'code' in error && error.code === 'EAUTH';
    return failed((words) => (refused ? words.mail.password(hostname, reason) : words.mail.away(hostname, reason)));
  }
};

/** Who speaks to Telegram says so every minute. */
const silenceMs = 5 * 60_000;
const answerSeconds = 5;

interface BotRow {
  ok_at: Date | null;
  trouble: string | null;
  details: string | null;
  last: Date | null;
}

export const lookAtTelegram: Look = async (parts) => {
  const { telegram } = parts.config;
  if (!telegram) return off((words) => words.telegram.off);
  const [{ telegramApi }, { toTelegramError }] = await Promise.all([
    import('../../../platform/telegram/client.ts'),
    import('../../../platform/telegram/errors.ts'),
  ]);
  const { api, close } = telegramApi(telegram, answerSeconds);
  let name: string;
  try {
    name = (await api.getMe()).username;
  } catch (thrown) {
    const error = toTelegramError(thrown);
    const reason = reasonOf(error, parts);
    return failed((words) => (error.trouble === 'token' ? words.telegram.token : words.telegram.away(reason)));
  } finally {
    close();
  }
  const { rows } = await parts.pool.query<BotRow>(
    `SELECT s.ok_at, s.trouble, s.details, (SELECT max(taken_at) FROM telegram_update u WHERE u.bot_id = b.id) AS last
     FROM (SELECT $1::bigint AS id) b LEFT JOIN telegram_state s ON s.bot_id = b.id`,
    [telegram.botId],
  );
  const [{ ok_at, trouble, details, last } = { ok_at: null, trouble: null, details: null, last: null }] = rows;
  const since = (at: Date | null) => (at ? parts.clock.now().getTime() - at.getTime() : null);
  if (trouble === 'conflict') return failed((words) => words.telegram.conflict);
  if (trouble === 'refused') return failed((words) => words.telegram.refused(details ?? ''));
  const silence = since(ok_at);
  if (silence === null || silence > silenceMs) return warning((words) => words.telegram.nobody(silence));
  return ok((words) => words.telegram.ok(name, since(last)));
};

const providerNames = { tbank: 'T-Bank', cloudpayments: 'CloudPayments' } as const;

export const lookAtPayments: Look = async (parts) => {
  const { payments } = parts;
  if (!payments) return off((words) => words.payments.off);
  const answers = await Promise.all(
    payments.all.map(async (provider) => ({ provider, error: await provider.ping().then(() => null, troubleOf) })),
  );
  const named = (found: typeof answers) => found.map(({ provider }) => providerNames[provider.id]).join(', ');
  const wrong = answers.filter(({ error }) => error instanceof ProviderError && error.trouble === 'keys');
  if (wrong.length > 0) return failed((words) => words.payments.keys(named(wrong)));
  const away = answers.filter(({ error }) => error !== null);
  const reason = away[0] ? reasonOf(away[0].error, parts) : '';
  if (away.length > 0) return failed((words) => words.payments.away(named(away), reason));
  const stopped = await stoppedNow(parts);
  const standing = answers.filter(({ provider }) => stopped.has(provider.id));
  if (standing.length > 0) return warning((words) => words.payments.stopped(named(standing)));
  const test = answers.filter(({ provider }) => provider.test);
  if (test.length > 0 && !isPrivate(parts.config.publicUrl)) return warning((words) => words.payments.test(named(test)));
  return ok((words) => words.payments.ok(named(answers)));
};

/** None, where the database is away: its own check says so, and the banks were asked all the same. */
async function stoppedNow({ pool }: HealthParts): Promise<Set<string>> {
  try {
    const { rows } = await pool.query<{ provider: string }>('SELECT provider FROM payment_switch');
    return new Set(rows.map(({ provider }) => provider));
  } catch (error) {
    if (isDatabaseAway(error)) return new Set();
    throw error;
  }
}

function troubleOf(error: unknown): unknown {
  // Nothing of the school's own is asked here.
  if (error instanceof AppError) throw error;
  return error;
}

export const lookAtMoney: Look = async (parts: HealthParts) => {
  if (!parts.payments) return off((words) => words.payments.off);
  const { rows } = await parts.pool.query<{ n: number }>('SELECT count(*)::int AS n FROM payment_issue WHERE resolved_at IS NULL');
  const n = rows[0]?.n ?? 0;
  return n > 0 ? warning(({ money }) => money.open(n)) : ok(({ money }) => money.none);
};
