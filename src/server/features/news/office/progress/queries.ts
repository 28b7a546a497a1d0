import { Prisma } from '#prisma/generated/client.ts';
import type { NewsProgressDto, NewsState } from '#shared/news.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import type { Tx } from '../../../../platform/db.ts';
import { isDueIn, isSettled, marksOf, outcomeIn } from '../../../notifications/outcomes.ts';
import { accessAnyPost } from '../access.ts';
import { hasBegun } from '../rules.ts';

const rateSeconds = 10;

interface CountsRow {
  settled: boolean;
  total: number;
  telegram: number;
  email: number;
  instead: number;
  siteOnly: number;
  failed: number;
  skipped: number;
  waiting: number;
  later: number;
  /** Messages of the last seconds. */
  recent: number;
}

const [marks, outcome] = [marksOf('given.now', 'n.cancelled_at'), outcomeIn('marks')];

/**
 * What became of announcements, by id: people, each counted once. Read from the deliveries themselves, in one statement. Of what has not begun to go
 * out there is nothing.
 */
async function countOutcomes(app: App, ids: readonly string[]): Promise<Map<string, CountsRow>> {
  const { rows } = await app.pool.query<CountsRow & { id: string }>({
    name: 'news-progress',
    text: `WITH given AS (SELECT $2::timestamptz AS now) SELECT n.about AS id, ${isSettled} AS settled, c.*,
        (SELECT count(*)::int FROM delivery r WHERE r.notice_id = n.id AND r.channel IN ('telegram', 'email') AND r.state = 'sent'
          AND r.sent_at > given.now - interval '${rateSeconds} seconds') AS recent
      FROM given CROSS JOIN notice n CROSS JOIN LATERAL (
        SELECT coalesce(sum(people), 0)::int AS total,
          ${['telegram', 'email', 'instead', 'failed', 'skipped', 'waiting'].map((word) => `${countOf(`outcome = '${word}'`)} AS ${word}`).join(', ')},
          ${countOf(`outcome = 'site'`)} AS "siteOnly", ${countOf(`outcome = 'waiting' AND NOT due`)} AS later
        FROM (SELECT ${outcome} AS outcome, ${isDueIn('marks')} AS due, people
          FROM (SELECT marks, count(*) AS people FROM (SELECT ${marks} AS marks FROM delivery d WHERE d.notice_id = n.id GROUP BY d.person_id) person GROUP BY marks) by_marks
        ) by_outcome
      ) c WHERE n.kind = 'news' AND n.about = ANY($1::text[])`,
    values: [ids, app.clock.now()],
  });
  return new Map(rows.map(({ id, ...row }) => [id, row]));
}

function countOf(condition: string): string {
  return `coalesce(sum(people) FILTER (WHERE ${condition}), 0)::int`;
}

const nothing: CountsRow = {
  ...{ settled: true, total: 0, telegram: 0, email: 0, instead: 0, siteOnly: 0, failed: 0, skipped: 0, waiting: 0, later: 0, recent: 0 },
};

function toProgressDto(state: NewsState, row: CountsRow): NewsProgressDto {
  const { settled, recent, total, telegram, email, instead, siteOnly, failed, skipped, waiting, later } = row;
  const now = stateNow(state, settled);
  const rate = recent / rateSeconds;
  return {
    ...{ state: now, total, telegram, email, instead, siteOnly, failed, skipped, waiting, later, rate },
    secondsLeft: now === 'sending' && rate > 0 ? Math.ceil((waiting - later) / rate) : null,
  };
}

/** Of what has gone out to the last the row says so with the next sweep; whoever looks now need not wait for it. */
export function stateNow(state: NewsState, settled: boolean): NewsState {
  return settled && (state === 'sending' || state === 'paused') ? 'done' : state;
}

/** @throws AppError AUTH_FORBIDDEN, NEWS_NOT_FOUND */
export async function getProgress(app: App, actor: PersonActor, id: string): Promise<NewsProgressDto> {
  const post = await accessAnyPost(app, actor, id);
  const counts = await countOutcomes(app, [post.id]);
  return toProgressDto(post.state, counts.get(post.id) ?? nothing);
}

/** What has come to its end changes no more: counting thousands of rows again for every look at the list would tell the same. */
const finished = new WeakMap<App['pool'], Map<string, NewsProgressDto>>();

/** The same for a page of the list: of what has begun. */
export async function listProgress(app: App, posts: readonly { id: string; state: NewsState }[]): Promise<Map<string, NewsProgressDto>> {
  const kept = finished.get(app.pool) ?? new Map<string, NewsProgressDto>();
  finished.set(app.pool, kept);
  const begun = posts.filter(({ state }) => hasBegun(state));
  const asked = begun.filter(({ id, state }) => state !== 'done' || !kept.has(id)).map(({ id }) => id);
  const counts = asked.length === 0 ? null : await countOutcomes(app, asked);
  return new Map(
    begun.flatMap(({ id, state }) => {
      const row = counts?.get(id);
      const progress = row ? toProgressDto(state, row) : kept.get(id);
      // Nobody was told of what a demo school is loaded with.
      if (!progress) return [];
      if (state === 'done' && progress.rate === 0) kept.set(id, progress);
      return [[id, progress]];
    }),
  );
}

/** When the last of it went out; null while something waits. */
export async function findEnd(tx: Tx, id: string): Promise<Date | null> {
  const [row] = await tx.$queryRaw<{ settled: boolean; end: Date }[]>`
    SELECT ${Prisma.raw(isSettled)} AS settled, coalesce((SELECT max(d.sent_at) FROM delivery d WHERE d.notice_id = n.id), n.created_at) AS end
    FROM notice n WHERE n.kind = 'news' AND n.about = ${id}`;
  return row?.settled ? row.end : null;
}
