/**
 * The long form of `src/server/testing/fuzz`: every procedure by every role, round after round, each with a seed of its own, until the time is over. Then
 * what of it was dear, and which statements of students and guests would walk a table that has grown.
 */
import { liveRouter } from '#server/live-router.ts';
import { withClient } from '#server/platform/database-admin.ts';
import { appRouter } from '#server/router.ts';
import { randomFrom } from '#server/testing/fuzz/random.ts';
import { type Finding, fuzz as fuzzOnce } from '#server/testing/fuzz/run.ts';
import { proceduresOf } from '#server/testing/fuzz/schema.ts';
import { aFuzzWorld, type FuzzWorld } from '#server/testing/fuzz/world.ts';
import { statementsOf } from '#server/testing/statements.ts';
import type { Row } from '../row.ts';
import { insertStudents } from '../students.ts';
import type { World } from '../world.ts';

const minutes = Number(process.env.FUZZ_MINUTES ?? 1);
const rounds = { guest: 5, blocked: 1, student: 20, moderator: 12 };
/** Rows of each large table besides those of the world. */
const large = 50_000;
const largeTables = ['person', 'submission', 'chat_message', 'delivery', 'notice', 'audit_entry', 'session', 'topic_visit'];

export async function fuzz(bench: World): Promise<Row[]> {
  const procedures = [...proceduresOf(appRouter), ...proceduresOf(liveRouter)];
  let left = minutes * 60_000;
  const spent = new Map<string, { ms: number; calls: number }>();
  const findings: Finding[] = [];
  let calls = 0;
  for (let seed = Number(process.env.FUZZ_SEED ?? 1); left > 0; seed += 1) {
    const world = await aFuzzWorld((await bench.anEmptySchool()).url);
    const startedAt = Date.now();
    const enough = () => Date.now() - startedAt > left;
    const result = await fuzzOnce(world, { random: randomFrom(seed), procedures, rounds, enough });
    left -= Date.now() - startedAt;
    await world.close();
    calls += result.calls;
    for (const finding of result.findings) process.stderr.write(`seed ${seed}: ${JSON.stringify(finding)}\n`);
    findings.push(...result.findings);
    for (const [name, { ms, calls: times }] of result.spent) {
      const before = spent.get(name) ?? { ms: 0, calls: 0 };
      spent.set(name, { ms: before.ms + ms, calls: before.calls + times });
    }
  }
  const dearest = [...spent]
    .filter(([name, { calls: times }]) => !name.startsWith('moderator') && times > 3)
    .map(([name, { ms, calls: times }]) => ({ name, mean: ms / times, times }))
    .toSorted((a, b) => b.mean - a.mean)
    .slice(0, 5);
  const { walks, planned } = await tableWalks(bench);
  for (const walk of walks) process.stderr.write(`${walk}\n`);
  return [
    { name: 'fuzz: calls', unit: '', value: calls, floor: null, ratio: null, n: calls },
    {
      name: 'fuzz: faults and leaks',
      unit: '',
      value: findings.length,
      floor: null,
      ratio: findings.length,
      n: calls,
      goal: { atMost: 0 },
    },
    {
      name: 'fuzz: statements of students that walk a large table',
      unit: '',
      value: walks.length,
      floor: null,
      ratio: walks.length,
      n: planned,
      goal: { atMost: 0 },
    },
    ...dearest.map(({ name, mean, times }) => ({
      name: `fuzz: mean of ${name}`,
      unit: 'ms',
      value: mean,
      floor: null,
      ratio: null,
      n: times,
    })),
  ];
}

/** Statements of guests and students, as they were sent, whose plan for any values reads a whole table that grows with the school. */
async function tableWalks(bench: World): Promise<{ walks: string[]; planned: number }> {
  const world = await aFuzzWorld((await bench.anEmptySchool()).url);
  await fill(world);
  const procedures = [...proceduresOf(appRouter), ...proceduresOf(liveRouter)];
  const walks: string[] = [];
  let planned = 0;
  const known = new Set<string>();
  for (const procedure of procedures) {
    const ask = { random: randomFrom(1), procedures: [procedure], rounds: { guest: 3, blocked: 0, student: 6, moderator: 0 } };
    const statements = await statementsOf(world.school.app, () => fuzzOnce(world, ask));
    for (const text of new Set(statements).difference(known)) {
      known.add(text);
      const tables = await walkedBy(world, text);
      if (tables) planned += 1;
      for (const table of tables ?? []) walks.push(`${procedure.path} walks ${table}: ${text.replace(/\s+/g, ' ').slice(0, 300)}`);
    }
  }
  if (!(await walkedBy(world, 'SELECT id FROM submission WHERE given = $1'))?.length) throw new Error('a walk is not seen');
  await world.close();
  return { walks, planned };
}

/** Null: it could not be planned. */
async function walkedBy({ school }: FuzzWorld, text: string): Promise<string[] | null> {
  if (!/^\s*(?:SELECT|WITH|UPDATE|DELETE|INSERT)/i.test(text) || text.includes('rate_limit')) return null;
  // What cannot be planned without values is planned with them only: those are looked at by the tests of plans beside the queries.
  const explained = await school.app.pool.query<{ 'QUERY PLAN': string }>(`EXPLAIN (GENERIC_PLAN, COSTS OFF) ${text}`).catch(() => null);
  const plan = explained?.rows.map((row) => row['QUERY PLAN']).join('\n') ?? null;
  return plan === null ? null : largeTables.filter((table) => new RegExp(`Seq Scan on "?${table}"?(?: |$)`, 'm').test(plan));
}

/** What of a row is its own, where it is copied for everybody. */
const copies: Record<string, string> = {
  submission: `jsonb_build_object('id', 1000000 + p.n, 'client_id', gen_random_uuid(), 'person_id', p.id)`,
  topic_visit: `jsonb_build_object('person_id', p.id)`,
  notice: `jsonb_build_object('id', gen_random_uuid(), 'about', p.id)`,
  delivery: `jsonb_build_object('id', 1000000 + p.n, 'person_id', p.id)`,
  audit_entry: `jsonb_build_object('id', 1000000 + p.n)`,
  chat_message: `jsonb_build_object('client_id', gen_random_uuid(), 'seq', 1000 + p.n, 'rev', 1000 + p.n)`,
};

/** As of a school of some years; nobody of them is one who calls. */
async function fill({ school }: FuzzWorld): Promise<void> {
  await withClient(school.databaseUrl, async (client) => {
    await client.query(insertStudents, [large]);
    await client.query(
      `INSERT INTO session (id, person_id, expires_at, created_at, last_seen_at, user_agent, ip)
       SELECT encode(sha256(convert_to(id::text, 'UTF8')), 'hex'), id, now() + interval '1 day', now(), now(), '', '' FROM person WHERE email LIKE 'student%@example.ru'`,
    );
    for (const [table, own] of Object.entries(copies)) {
      await client.query(
        `INSERT INTO ${table} SELECT (jsonb_populate_record(one, ${own})).*
         FROM ${table} one, (SELECT id, row_number() OVER () AS n FROM person WHERE email LIKE 'student%@example.ru') p
         WHERE one.ctid = (SELECT min(ctid) FROM ${table}) ON CONFLICT DO NOTHING`,
      );
    }
    await client.query('ANALYZE');
  });
}
