import type { ReplyTimeDto } from '#shared/inbox.ts';
import type { App } from '../../../platform/app.ts';

const dayMs = 86_400_000;
const freshMs = 60_000;
/** Days that «Обычно отвечаем за …» is said of, and how many answers it takes to say it. */
const promiseDays = 14;
const leastAnswers = 5;
/** Days of the dashboard. */
const reportDays = 7;
/** Of more answers than these the newest: what they tell does not change, and the time it takes is bound. */
const newestAnswers = 5000;

const known = new WeakMap<App, { since: number; minutes: Promise<number | null> }>();

/** Minutes within which students have been answered lately, up to a minute old; null: too few answers to tell. */
export function medianReplyMinutes(app: App): Promise<number | null> {
  const now = app.clock.now().getTime();
  const last = known.get(app);
  // A clock that was set back must not keep it for ever.
  if (last && now >= last.since && now - last.since < freshMs) return last.minutes;
  const minutes = readAnswers(app, promiseDays).then(({ median, answers }) => (answers < leastAnswers ? null : median));
  known.set(app, { since: now, minutes });
  // What failed is not kept.
  minutes.catch(() => known.delete(app));
  return minutes;
}

/** How fast students are answered, and how long those who wait have waited. Two statements. */
export async function getReplyTime(app: App): Promise<ReplyTimeDto> {
  const [{ median, answers }, waiting] = await Promise.all([readAnswers(app, reportDays), readWaiting(app)]);
  return { medianMinutes: median, answers, ...waiting };
}

async function readAnswers(app: App, days: number): Promise<{ median: number | null; answers: number }> {
  const { rows } = await app.pool.query<{ median: number | null; answers: number }>({
    name: 'chat-answers',
    text: `SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY n.waited_seconds) AS median, count(*)::int AS answers
      FROM (SELECT a.waited_seconds FROM chat_answer a WHERE a.answered_at > $1 ORDER BY a.answered_at DESC LIMIT ${newestAnswers}) n`,
    values: [new Date(app.clock.now().getTime() - days * dayMs)],
  });
  const { median, answers } = rows[0] ?? { median: null, answers: 0 };
  // Never «0 minutes»: that would be said of whoever has just answered.
  return { median: median === null ? null : Math.max(1, Math.ceil(median / 60)), answers };
}

async function readWaiting(app: App): Promise<Pick<ReplyTimeDto, 'waiting' | 'longestWaitMinutes'>> {
  const { _count, _min } = await app.db.chatThread.aggregate({
    where: { waitingSince: { not: null } },
    _count: true,
    _min: { waitingSince: true },
  });
  const since = _min.waitingSince;
  const minutes = since && Math.max(0, Math.floor((app.clock.now().getTime() - since.getTime()) / 60_000));
  return { waiting: _count, longestWaitMinutes: minutes };
}
