/** An announcement by Telegram: how much of the allowed rate is used, and what it costs to queue it for fifty thousand. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { Prisma } from '#prisma/generated/client.ts';
import { addNotice } from '#server/features/notifications/enqueue.ts';
import { withClient } from '#server/platform/database-admin.ts';
import { aWebBrowser } from '#server/testing/live-server.ts';
import { statementsOf } from '#server/testing/statements.ts';
import type { ChildOptions } from '#server/testing/telegram-child.ts';
import { firstPersonId, telegramAt } from '#server/testing/telegram-process.ts';
import { startProcess } from '../processes.ts';
import { budgetRow, median, type Row } from '../row.ts';
import { insertStudents } from '../students.ts';
import type { World } from '../world.ts';

/** What Telegram allows, and some of what it would allow for money: by how many people each is measured, for some forty and sixteen seconds. */
const rates = [
  { perSecond: 30, people: 1200 },
  { perSecond: 500, people: 8_000 },
];
const recipients = 50_000;
const pairs = 5;
const moderatorToken = `bench-moderator-${randomUUID()}`;

export async function broadcast(world: World): Promise<Row[]> {
  const rows = await queueing(world);
  for (const rate of rates) rows.push(await sending(world, rate));
  return rows;
}

/** Everybody has Telegram, and no quiet hours: those of a machine that is measured at night would hold it all. */
async function arrange(client: pg.Client, people: number): Promise<void> {
  await client.query(insertStudents, [people]);
  await client.query(
    `INSERT INTO telegram_link (person_id, telegram_id, linked_at) SELECT id, $1::bigint + substring(email FROM '\\d+')::int, now() FROM person`,
    [firstPersonId],
  );
  await client.query('INSERT INTO quiet_hours (person_id, from_min, to_min) SELECT id, 0, 0 FROM person');
  await client.query(
    `WITH m AS (INSERT INTO person (role, email, first_name, last_name) VALUES ('moderator', 'bench@example.ru', 'Ольга', 'Громова') RETURNING id)
    INSERT INTO session (id, person_id, expires_at, created_at, last_seen_at, user_agent, ip)
    SELECT encode(sha256(convert_to($1, 'UTF8')), 'hex'), id, now() + interval '1 day', now(), now() + interval '1 hour', 'bench', '127.0.0.1' FROM m`,
    [moderatorToken],
  );
  await client.query('VACUUM ANALYZE');
}

async function sending(world: World, { perSecond, people }: (typeof rates)[number]): Promise<Row> {
  const { url: databaseUrl } = await world.anEmptySchool();
  await withClient(databaseUrl, (client) => arrange(client, people));
  const options: ChildOptions = { perSecond, people: [{ state: 'started', count: people }] };
  const child = await startProcess('src/server/testing/telegram-child.ts', { STAND_IN: JSON.stringify(options) });
  world.afterwards(child.stop);
  const telegram = telegramAt(child.url, perSecond);
  const school = await world.startServer(databaseUrl, { ...telegram.env, DEMO: 'off' });
  const { rpc } = aWebBrowser(school.url, `otlichno=${moderatorToken}`);
  const id = randomUUID();
  const { rev } = await rpc.news.office.create.mutate({
    id,
    title: 'Расписание на декабрь',
    body: 'Занятия идут **каждый день**, кроме воскресенья.',
    button: null,
    to: { audience: 'all' },
    channels: { site: true, telegram: true, email: false },
  });
  await rpc.news.office.send.mutate({ id, rev, at: null, expected: people });
  for (const startedAt = performance.now(); ; ) {
    const { accepted, perSecond: seconds, refused } = await telegram.statistics();
    if (accepted < people) {
      if (performance.now() - startedAt > 2 * (people / perSecond) * 1000 + 30_000)
        throw new Error(`only ${accepted} of ${people} were sent`);
      await wait(500);
      continue;
    }
    await school.stop();
    if (Object.keys(refused).length > 0) throw new Error(`the limit was overrun: ${JSON.stringify(refused)}`);
    // The first and the last second are not whole ones.
    const whole = seconds.slice(1, -1);
    const value = whole.reduce((sum, count) => sum + count, 0) / whole.length;
    const name = `broadcast: messages sent where ${perSecond} a second are allowed`;
    return { name, unit: '/s', value, floor: perSecond, ratio: value / perSecond, n: people, goal: { atLeast: 0.95 } };
  }
}

/** The notice with its deliveries, against the bare rows written by an INSERT of their own. */
async function queueing(world: World): Promise<Row[]> {
  const { url } = await world.anEmptySchool();
  await withClient(url, (client) => arrange(client, recipients));
  const telegram = telegramAt('http://127.0.0.1:9', 30);
  const { app, close } = await world.openApp(url, telegram.env);
  world.afterwards(close);
  const queue = async () => {
    const people = Prisma.sql`SELECT id AS person_id FROM person WHERE role = 'student'`;
    const startedAt = performance.now();
    const made = await app.db.$transaction(
      (tx) => addNotice(app, tx, { kind: 'news', about: randomUUID(), data: { postId: randomUUID() }, bulk: true }, people),
      { timeout: 60_000 },
    );
    if (made.people !== recipients) throw new Error(`only ${made.people} were queued`);
    return (performance.now() - startedAt) / 1000;
  };
  const bare = async () => {
    const startedAt = performance.now();
    await app.pool.query(
      `WITH n AS (INSERT INTO notice (kind, about, created_at) VALUES ('news', gen_random_uuid()::text, now()) RETURNING id)
      INSERT INTO delivery (notice_id, person_id, channel, state, bulk, due_at)
      SELECT n.id, p.id, c::delivery_channel, 'sent', true, now() FROM n, person p, unnest(ARRAY['site', 'telegram']) c WHERE p.role = 'student'`,
    );
    return (performance.now() - startedAt) / 1000;
  };
  const statements = (await statementsOf(app, queue)).filter((text) => !/^(BEGIN|COMMIT)/i.test(text)).length;
  const times: { ours: number; floor: number }[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const first = pair % 2 === 0 ? await queue() : 0;
    const floor = await bare();
    times.push({ ours: first || (await queue()), floor });
  }
  const [value, floor] = [median(times.map(({ ours }) => ours)), median(times.map((pair) => pair.floor))];
  const many = recipients.toLocaleString('en-US');
  return [
    { name: `broadcast: queue it for ${many} people : the bare rows`, unit: 's', value, floor, ratio: value / floor, n: pairs },
    budgetRow('broadcast: statements for that in its transaction', '', statements, 1, 1),
  ];
}
