import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppError } from '#shared/errors.ts';
import type { Actor } from '../../platform/app.ts';
import { aSchool, type School } from '../../testing/world.ts';
import { writeRegistry } from './file.ts';
import { listRegistrations } from './queries.ts';

let school: School;
const moderator: Actor = { kind: 'person', id: '5f0c1d3e-0000-4000-8000-000000000000', role: 'moderator', timeZone: 'Europe/Moscow' };
beforeAll(async () => {
  school = await aSchool();
  await school.app.pool.query(
    `INSERT INTO person (role, email, first_name, last_name, phone, registered_at, email_verified_at)
     SELECT 'student', 's' || n || '@example.ru', 'Илья', 'Соколов', CASE WHEN n = 120 THEN '+79161234567' END,
       timestamptz '2026-09-01' + (n / 2) * interval '1 hour', CASE WHEN n = 120 THEN now() END FROM generate_series(1, 120) n`,
  );
  await school.app.db.person.create({ data: { role: 'moderator', email: 't@example.ru', firstName: 'Анна', lastName: 'Щукина' } });
});
afterAll(() => school.close());

test('pages of fifty, newest first, nobody twice and nobody left out', async () => {
  const pages = await Promise.all([1, 2, 3, 4].map((page) => listRegistrations(school.app, moderator, { page })));
  expect(pages.map(({ total, pageSize, rows }) => [total, pageSize, rows.length])).toEqual([
    [120, 50, 50],
    [120, 50, 50],
    [120, 50, 20],
    [120, 50, 0],
  ]);
  const rows = pages.flatMap((page) => page.rows);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(120);
  const times = rows.map(({ registeredAt }) => registeredAt);
  expect(times).toEqual([...times].sort().reverse());
  expect(rows[0]).toEqual({
    id: expect.any(String),
    registeredAt: '2026-09-03T12:00:00.000Z',
    firstName: 'Илья',
    lastName: 'Соколов',
    email: 's120@example.ru',
    phone: '+79161234567',
    verified: true,
  });
  expect(rows.find(({ email }) => email === 's119@example.ru')).toMatchObject({ phone: null, verified: false });
});

test('says what the stored table holds', async () => {
  expect((await listRegistrations(school.app, moderator, { page: 1 })).file).toBeNull();
  await writeRegistry(school.app);
  expect((await listRegistrations(school.app, moderator, { page: 1 })).file).toEqual({
    rows: 120,
    writtenAt: school.clock.now().toISOString(),
  });
});

test('is not for students', async () => {
  await expect(listRegistrations(school.app, { ...moderator, role: 'student' }, { page: 1 })).rejects.toThrow(
    new AppError('AUTH_FORBIDDEN'),
  );
  await expect(listRegistrations(school.app, { kind: 'cli' }, { page: 1 })).resolves.toMatchObject({ total: 120 });
});
