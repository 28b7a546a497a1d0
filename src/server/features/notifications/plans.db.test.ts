/** With sixty thousand deliveries in the journal, what is asked all the time reads a part of an index and sorts nothing large. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Prisma } from '#prisma/generated/client.ts';
import type { App, PersonActor } from '../../platform/app.ts';
import { explained } from '../../testing/plans.ts';
import { statementsOf } from '../../testing/statements.ts';
import { aSchool, aStudent, type School } from '../../testing/world.ts';
import { countUnseen, listBell } from './bell/queries.ts';
import { mailChannel } from './channels/mail.ts';
import { claimDue, freeAbandoned, nextDueAt } from './deliver/claim.ts';
import { addNotice } from './enqueue.ts';

let school: School;
let app: App;
let reader: PersonActor;
beforeAll(async () => {
  school = await aSchool({ env: { TELEGRAM_TOKEN: '7000000000:stand-in-for-tests' } });
  ({ app } = school);
  reader = (await aStudent(app)).actor;
  // Ten thousand people, every other one with a Telegram, who were told of three things.
  await app.pool.query(`WITH them AS (INSERT INTO person (role, email, first_name, last_name, time_zone)
      SELECT 'student', 'student' || n || '@example.ru', 'Анна', 'Волкова', (ARRAY['Europe/Moscow', 'Asia/Omsk', 'Asia/Kamchatka'])[1 + n % 3]
      FROM generate_series(1, 10000) n RETURNING id, email)
    INSERT INTO telegram_link (person_id, telegram_id, linked_at) SELECT id, 100000 + substring(email FROM '\\d+')::bigint, now() FROM them
      WHERE substring(email FROM '\\d+')::int % 2 = 0`);
  await app.pool.query(`WITH told AS (INSERT INTO notice (kind, about, data, created_at)
      SELECT 'news', n::text, '{}', now() FROM generate_series(1, 3) n RETURNING id)
    INSERT INTO delivery (notice_id, person_id, channel, state, bulk, due_at, sent_at, seen_at)
    SELECT told.id, p.id, c.channel::delivery_channel, 'sent', true, now() - interval '9 days', now() - interval '9 days', now()
    FROM told CROSS JOIN person p CROSS JOIN (VALUES ('site'), ('email')) AS c (channel)`);
  await app.pool.query('ANALYZE');
}, 120_000);
afterAll(() => school.close());

const everybody = Prisma.sql`SELECT id AS person_id FROM person WHERE role = 'student'`;

test('telling ten thousand people is one statement, however they are told', async () => {
  let people = 0;
  const statements = await statementsOf(app, async () => {
    await app.db.$transaction(async (tx) => {
      ({ people } = await addNotice(app, tx, { kind: 'news', about: 'to all', data: { postId: reader.id }, bulk: true }, everybody));
    });
  });
  expect(people).toBe(10_001);
  expect(statements.map((text) => text.trim().split(' ')[0])).toEqual(['BEGIN', 'WITH', 'COMMIT']);
  const { rows } = await app.pool.query<{ channel: string; count: number }>(
    `SELECT d.channel, count(*)::int FROM delivery d JOIN notice n ON n.id = d.notice_id WHERE n.about = 'to all' GROUP BY d.channel ORDER BY d.channel`,
  );
  expect(rows).toEqual([
    { channel: 'site', count: 10_001 },
    { channel: 'telegram', count: 5_000 },
    { channel: 'email', count: 5_001 },
  ]);
  // The same cause once more tells nobody twice.
  await app.db.$transaction(async (tx) => {
    expect(await addNotice(app, tx, { kind: 'news', about: 'to all', data: { postId: reader.id }, bulk: true }, everybody)).toMatchObject({
      people: 0,
    });
  });
  await app.pool.query('ANALYZE delivery');
});

test('what is due is taken from the index, a handful at a time', async () => {
  const { app: watched, plans } = explained(app);
  expect(await claimDue(watched, mailChannel, 12)).toHaveLength(12);
  expect(plans.join('\n')).toContain('delivery_channel_state_bulk_due_at_id_idx');
  expect(plans.join('\n')).not.toMatch(/Seq Scan on delivery/);
});

test.each([
  ['when the next is due', (watched: App) => nextDueAt(watched, 'telegram', new Date()), 'delivery_channel_state_bulk_due_at_id_idx'],
  ['what a dead process has left', (watched: App) => freeAbandoned(watched, 'email', false), 'delivery_channel_state_bulk_due_at_id_idx'],
  ['how many one has not seen', (watched: App) => countUnseen(watched, reader), 'delivery_person_id_channel_id_idx'],
  ['what is behind the bell', (watched: App) => listBell(watched, reader, {}), 'delivery_person_id_channel_id_idx'],
])('%s', async (_, ask, index) => {
  const { app: watched, plans } = explained(app);
  await ask(watched);
  expect(plans.join('\n')).toContain(index);
  expect(plans.join('\n')).not.toMatch(/Seq Scan on delivery/);
});
