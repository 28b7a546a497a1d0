/** A key is mended under a hundred thousand answers: how long it takes, and what everybody else's requests take meanwhile against before. */
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { withClient } from '#server/platform/database-admin.ts';
import { aWebBrowser } from '#server/testing/live-server.ts';
import { median, type Row } from '../row.ts';
import { mapSchool, type SchoolMap } from '../school-map.ts';
import { sessionToken, studentCount } from '../students.ts';
import type { World } from '../world.ts';

const answers = 100_000;
const answersEach = 4;
const readers = 8;
const calmMs = 6000;
const moderatorToken = `bench-moderator-${randomUUID()}`;

export async function keyFix(world: World): Promise<Row[]> {
  const { url } = await world.aSchoolAtWork();
  const map = await mapSchool(url);
  const task = await withClient(url, (client) => arrange(client, map.tasks[0] ?? ''));
  const server = await world.startServer(url);
  const { rpc } = aWebBrowser(server.url, `otlichno=${moderatorToken}`);
  const text = { kind: 'task' as const, subjectId: task.id, source: task.source.replace(/^key:.*$/m, 'key: 7') };

  await read(server.url, map, calmMs);
  const before = await read(server.url, map, calmMs);
  let mended = false;
  const whileMending = read(server.url, map, Number.POSITIVE_INFINITY, () => mended);
  const startedAt = performance.now();
  const asked = await rpc.texts.publish.mutate({ ...text, baseRev: 0 });
  if (asked.outcome !== 'key-changed') throw new Error(`no preview: ${asked.outcome}`);
  const previewSeconds = (performance.now() - startedAt) / 1000;
  const done = await rpc.texts.publish.mutate({ ...text, baseRev: 0, keyFix: { takePoints: true, token: asked.preview.token } });
  const seconds = (performance.now() - startedAt) / 1000 - previewSeconds;
  mended = true;
  const during = await whileMending;
  if (done.outcome !== 'published' || done.gained === null) throw new Error(`not mended: ${JSON.stringify(done)}`);

  const [value, floor] = [median(during), median(before)];
  const [slow, slowBefore] = [ninetyNinth(during), ninetyNinth(before)];
  return [
    { name: 'preview of a key, 10⁵ answers', unit: 's', value: previewSeconds, floor: null, ratio: null, n: asked.preview.submissions },
    { name: 'mend a key, 10⁵ answers', unit: 's', value: seconds, floor: null, ratio: null, n: done.gained },
    {
      name: 'open topic while a key is mended : before',
      unit: 'ms p50',
      value,
      floor,
      ratio: value / floor,
      n: during.length,
      goal: { atMost: 2 },
    },
    { name: 'the same, slowest of a hundred', unit: 'ms p99', value: slow, floor: slowBefore, ratio: slow / slowBefore, n: during.length },
  ];
}

/** A moderator who is signed in, and the answers: every second one is right by the present key, others by the next. */
async function arrange(client: pg.Client, taskId: string): Promise<{ id: string; source: string }> {
  await client.query(
    `WITH m AS (INSERT INTO person (role, email, first_name, last_name) VALUES ('moderator', 'bench@example.ru', 'Ольга', 'Громова') RETURNING id)
    INSERT INTO session (id, person_id, expires_at, created_at, last_seen_at, user_agent, ip)
    SELECT encode(sha256(convert_to($1, 'UTF8')), 'hex'), id, now() + interval '1 day', now(), now() + interval '1 hour', 'bench', '127.0.0.1' FROM m`,
    [moderatorToken],
  );
  await client.query(
    `WITH them AS (
      INSERT INTO person (role, email, first_name, last_name) SELECT 'student', 'solver' || n || '@example.ru', 'Анна', 'Волкова'
      FROM generate_series(1, $2::int / $3::int) n RETURNING id
    ), numbered AS (SELECT id, row_number() OVER () AS n FROM them), given AS (
      SELECT t.id, i, CASE WHEN i = $3 AND t.n % 2 = 0 THEN 7 ELSE 1000 + (t.n * 13 + i) % 3000 END::text AS value
      FROM numbered t, generate_series(1, $3::int) i
    )
    INSERT INTO submission (person_id, task_id, client_id, given, canonical, canonical_hash, understood, verdict, points, created_at, local_on)
    SELECT g.id, k.id, gen_random_uuid(), to_jsonb(g.value), g.value, md5(g.value), g.value,
      CASE WHEN g.i = $3 AND g.value <> '7' THEN 'right' ELSE 'wrong' END::verdict, CASE WHEN g.i = $3 AND g.value <> '7' THEN k.points ELSE 0 END,
      now() - interval '1 hour' + g.i * interval '1 minute', current_date
    FROM given g, task k WHERE k.id = $1`,
    [taskId, answers, answersEach],
  );
  await client.query(
    `INSERT INTO task_progress (person_id, task_id, wrong_count, best_points, solved_at, last_at)
    SELECT person_id, task_id, count(*) FILTER (WHERE verdict <> 'right'), max(points), min(created_at) FILTER (WHERE verdict = 'right'), max(created_at)
    FROM submission WHERE task_id = $1 GROUP BY person_id, task_id ON CONFLICT DO NOTHING`,
    [taskId],
  );
  await client.query('VACUUM ANALYZE');
  const { rows } = await client.query<{ id: string; source: string }>('SELECT id, source FROM task WHERE id = $1', [taskId]);
  const [task] = rows;
  if (!task) throw new Error('the demo school has no task to mend');
  return task;
}

/** Students open topics, a few at a time, until the time is over. Milliseconds of each request. */
async function read(url: string, { topics }: SchoolMap, ms: number, over: () => boolean = () => false): Promise<number[]> {
  const times: number[] = [];
  const end = performance.now() + ms;
  const reader = async (_: unknown, index: number) => {
    for (let n = index; performance.now() < end && !over(); n += readers) {
      const at = performance.now();
      const input = encodeURIComponent(JSON.stringify(topics[n % topics.length]));
      const answer = await fetch(`${url}/trpc/courses.topic?input=${input}`, {
        headers: { cookie: `otlichno=${sessionToken(n % studentCount)}` },
      });
      await answer.arrayBuffer();
      // A refusal is quick and would look like speed.
      if (answer.status !== 200) throw new Error(`a topic was refused with ${answer.status}`);
      times.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: readers }, reader));
  return times;
}

function ninetyNinth(times: number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? Number.NaN;
}
