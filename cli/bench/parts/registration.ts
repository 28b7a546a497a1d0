/** What one registration costs in a school of a hundred students, and in one of a hundred thousand. */
import { randomUUID } from 'node:crypto';
import { register } from '#server/features/auth/actions.ts';
import { consentVersion } from '#server/features/people/consent.ts';
import { writeRegistry } from '#server/features/registry/file.ts';
import type { App } from '#server/platform/app.ts';
import { withClient } from '#server/platform/database-admin.ts';
import { statementsOf } from '#server/testing/statements.ts';
import { median, type Row } from '../row.ts';
import { agreeAll, insertStudents } from '../students.ts';
import type { World } from '../world.ts';

const sizes = { small: 100, large: 100_000 };
const warmUp = 40;
const measured = 300;

export async function registration(world: World): Promise<Row[]> {
  const schools = { large: await aSchool(world, sizes.large), small: await aSchool(world, sizes.small) };
  const times = { large: [] as number[], small: [] as number[] };
  for (let n = 0; n < warmUp + measured; n += 1) {
    const ms = { large: 0, small: 0 };
    for (const size of n % 2 === 0 ? (['large', 'small'] as const) : (['small', 'large'] as const))
      ms[size] = await registerOne(schools[size]);
    if (n < warmUp) continue;
    times.large.push(ms.large);
    times.small.push(ms.small);
  }
  const [value, floor] = [median(times.large), median(times.small)];
  const startedAt = performance.now();
  await writeRegistry(schools.large);
  const fileSeconds = (performance.now() - startedAt) / 1000;
  return [
    { name: 'register, 10⁵ students : 10²', unit: 'ms p50', value, floor, ratio: value / floor, n: measured, goal: { atMost: 1.2 } },
    { name: 'register, statements', unit: '', value: await countStatements(schools.large), floor: null, ratio: null, n: 1 },
    { name: 'Excel table of 10⁵ students, aside', unit: 's', value: fileSeconds, floor: null, ratio: null, n: 1 },
  ];
}

async function aSchool(world: World, students: number): Promise<App> {
  const { url } = await world.anEmptySchool();
  await withClient(url, async (client) => {
    await client.query(insertStudents, [students]);
    await client.query(agreeAll, [consentVersion]);
    await client.query('VACUUM ANALYZE');
  });
  const { app, close } = await world.openApp(url);
  world.afterwards(close);
  return app;
}

/** The action without the 150 ms for which the door waits in any case. */
async function registerOne(app: App): Promise<number> {
  const id = randomUUID();
  // A machine of its own each: the limits are not what is measured.
  const from = { ip: '127.0.0.1', network: id, userAgent: 'bench' };
  const form = {
    firstName: 'Илья',
    lastName: 'Соколов',
    phone: '+7 912 345-67-89',
    consentVersion,
    timeZone: 'Europe/Moscow',
    locale: 'ru' as const,
  };
  const startedAt = performance.now();
  await register(app, from, { email: `${id}@example.ru`, ...form });
  return performance.now() - startedAt;
}

async function countStatements(app: App): Promise<number> {
  return (await statementsOf(app, () => registerOne(app))).length;
}
