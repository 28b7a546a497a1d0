import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aSchool, type School } from '../../testing/world.ts';
import { findIntactRegistry, readRegistry, registryKey, registrySumKey, writeRegistry } from './file.ts';
import { getRegistryState } from './queries.ts';

let school: School;
beforeAll(async () => {
  school = await aSchool();
});
afterAll(() => school.close());
beforeEach(async () => {
  await school.app.db.person.deleteMany();
  await school.app.db.registryFile.deleteMany();
  for (const key of [registryKey, registrySumKey]) await school.app.storage.remove(key);
  school.clock.set('2026-11-24T12:00:00Z');
});

async function aPerson(
  email: string,
  over: { role?: 'student' | 'moderator'; registeredAt?: Date; phone?: string; lastName?: string } = {},
) {
  const data = { role: 'student' as const, email, firstName: 'Илья', lastName: 'Соколов', registeredAt: school.clock.now(), ...over };
  return school.app.db.person.create({ data, select: { id: true } });
}

async function manyStudents(count: number) {
  await school.app.pool.query(
    `INSERT INTO person (role, email, first_name, last_name, registered_at)
     SELECT 'student', 's' || n || '@example.ru', 'Илья', 'Соколов', timestamptz '2026-09-01' + (n % 7) * interval '1 hour' FROM generate_series(1, $1::int) n`,
    [count],
  );
}

async function rowsOf(bytes: Buffer | null) {
  if (!bytes) throw new Error('no table');
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
  const rows: unknown[][] = [];
  workbook.worksheets[0]?.eachRow((row, number) => {
    if (number > 1) rows.push((row.values as unknown[]).slice(1));
  });
  return rows;
}

const onDisk = (key: string) => join(school.dataDir, 'files', key);

describe('the written table', () => {
  test('holds students by the time they came, each with the newest consent', async () => {
    const second = await aPerson('second@example.ru', { registeredAt: new Date('2026-11-02T10:00:00Z'), phone: '+79161234567' });
    const first = await aPerson('first@example.ru', { registeredAt: new Date('2026-11-01T10:00:00Z'), lastName: 'Ёжикова' });
    await aPerson('teacher@example.ru', { role: 'moderator' });
    const consent = { document: 'personal-data', ip: '127.0.0.1' };
    await school.app.db.consent.createMany({
      data: [
        { ...consent, personId: first.id, version: '2026-09-01', agreedAt: new Date('2026-11-01') },
        { ...consent, personId: first.id, version: '2026-10-15', agreedAt: new Date('2026-11-05') },
        { ...consent, personId: first.id, version: 'news', document: 'news', agreedAt: new Date('2026-11-06') },
        { ...consent, personId: second.id, version: '2026-09-01', agreedAt: new Date('2026-11-02') },
      ],
    });
    expect(await writeRegistry(school.app)).toEqual({ rows: 2, writtenAt: school.clock.now() });
    expect(await rowsOf(await findIntactRegistry(school.app))).toEqual([
      [1, new Date('2026-11-01T13:00:00Z'), 'Ёжикова', 'Илья', 'first@example.ru', undefined, '2026-10-15', 'сайт'],
      [2, new Date('2026-11-02T13:00:00Z'), 'Соколов', 'Илья', 'second@example.ru', '+79161234567', '2026-09-01', 'сайт'],
    ]);
    expect(await getRegistryState(school.app)).toEqual({ students: 2, file: { rows: 2, writtenAt: school.clock.now() }, behind: false });
  });

  test('loses nobody between its pages, also of the same instant', async () => {
    await manyStudents(2500);
    expect((await writeRegistry(school.app)).rows).toBe(2500);
    const rows = await rowsOf(await findIntactRegistry(school.app));
    expect(rows.map(([number]) => number)).toEqual(Array.from({ length: 2500 }, (_, index) => index + 1));
    expect(new Set(rows.map((row) => row[4])).size).toBe(2500);
    const times = rows.map((row) => (row[1] as Date).getTime());
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  test('has a sum that sha256sum reads', async () => {
    await writeRegistry(school.app);
    expect(await readFile(onDisk(registrySumKey), 'utf8')).toMatch(/^[0-9a-f]{64} {2}registrations\.xlsx\n$/);
  });

  test('several writers at once leave one whole table with everybody', async () => {
    const other = await aSchool({ databaseUrl: school.databaseUrl });
    const apps = [school.app, { ...other.app, storage: school.app.storage }];
    await manyStudents(300);
    await Promise.all(
      Array.from({ length: 6 }, async (_, index) => {
        await aPerson(`late${index}@example.ru`);
        await writeRegistry(apps[index % 2] ?? school.app);
      }),
    );
    expect(await rowsOf(await findIntactRegistry(school.app))).toHaveLength(306);
    await other.close();
  });
});

describe('reading it', () => {
  const emails = async () => (await rowsOf(await readRegistry(school.app))).map((row) => row[4]);

  test('a table that was never written is written', async () => {
    expect(await emails()).toEqual([]);
    expect((await getRegistryState(school.app)).file?.rows).toBe(0);
  });

  test('nobody is missing, and nobody stays who left', async () => {
    const { id } = await aPerson('a@example.ru');
    expect(await emails()).toEqual(['a@example.ru']);
    school.clock.forward(1000);
    await aPerson('b@example.ru');
    expect(await emails()).toEqual(['a@example.ru', 'b@example.ru']);
    school.clock.forward(1000);
    await school.app.db.person.delete({ where: { id } });
    await aPerson('c@example.ru');
    expect(await emails()).toEqual(['b@example.ru', 'c@example.ru']);
  });

  test('a table that is up to date is not written again', async () => {
    await readRegistry(school.app);
    const before = await readFile(onDisk(registryKey));
    school.clock.forward(60_000);
    expect((await readRegistry(school.app)).equals(before)).toBe(true);
    expect((await getRegistryState(school.app)).file?.writtenAt).toEqual(new Date('2026-11-24T12:00:00Z'));
  });

  test.each<[string, (file: string) => Promise<void>]>([
    ['cut short', (file) => truncate(file, 3000)],
    ['empty', (file) => truncate(file, 0)],
    ['one byte is another', flipByte],
    ['saved over by somebody', (file) => writeFile(file, 'something else')],
    ['gone', () => school.app.storage.remove(registryKey)],
    ['its sum is gone', () => school.app.storage.remove(registrySumKey)],
  ])('a damaged table is written anew: %s', async (_, damage) => {
    await aPerson('a@example.ru');
    await writeRegistry(school.app);
    await damage(onDisk(registryKey));
    expect(await findIntactRegistry(school.app)).toBeNull();
    expect(await emails()).toEqual(['a@example.ru']);
    expect(await findIntactRegistry(school.app)).not.toBeNull();
  });

  async function flipByte(file: string) {
    const bytes = await readFile(file);
    bytes.writeUInt8(bytes.readUInt8(2000) ^ 1, 2000);
    await writeFile(file, bytes);
  }
});

describe('a store that fails', () => {
  test.each<[string, (body: AsyncIterable<Buffer>) => Promise<void>]>([
    ['at once', () => Promise.reject(new Error('the disk is full'))],
    [
      'in the middle',
      async (body) => {
        for await (const chunk of body) if (chunk.length > 0) throw new Error('the disk is full');
      },
    ],
  ])('%s leaves the old table and is told', async (_, put) => {
    await aPerson('a@example.ru');
    await writeRegistry(school.app);
    const old = await findIntactRegistry(school.app);
    await manyStudents(1500);
    const storage = {
      ...school.app.storage,
      put: (_key: string, body: Buffer | AsyncIterable<Buffer>) => put(body as AsyncIterable<Buffer>),
    };
    await expect(writeRegistry({ ...school.app, storage })).rejects.toThrow('the disk is full');
    expect(await findIntactRegistry(school.app)).toEqual(old);
    expect(await getRegistryState(school.app)).toMatchObject({ file: { rows: 1 }, behind: true });
    // The lock is free again.
    expect((await writeRegistry(school.app)).rows).toBe(1501);
  });
});
