import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { aSchool, aStudent, type School } from '#server/testing/world.ts';
import { runCli } from './testing/run-cli.ts';

let school: School;
beforeAll(async () => {
  school = await aSchool();
});
afterAll(() => school.close());

const person = (args: string[]) => runCli('person.ts', args, { school });

test('a person’s data are exported to a file, which is never overwritten; then they are erased, and the answer says so', async () => {
  const { email, actor } = await aStudent(school.app, { firstName: 'Вера' });
  const other = await aStudent(school.app);
  const file = join(school.dataDir, 'vera.zip');
  const exported = await person(['export', ` ${email.toUpperCase()}`, '--to', file]);
  expect(exported).toMatchObject({ code: 0, err: '', out: expect.stringContaining(`Wrote ${file}`) });
  const zip = await fromBufferPromise(await readFile(file));
  const names: string[] = [];
  for await (const entry of zip.eachEntry()) names.push(entry.fileName);
  expect(names).toEqual(expect.arrayContaining(['profile.json', 'Данные.xlsx']));
  expect(await school.app.db.auditEntry.findFirst({ where: { action: 'person.export' } })).toMatchObject({
    actor: 'cli',
    subject: actor.id,
  });

  // Somebody else's address by mistake, and the file of before.
  const [again, erased] = await Promise.all([person(['export', other.email, '--to', file]), person(['erase', email, '--now'])]);
  expect(again).toMatchObject({ code: 1, out: '', err: expect.stringContaining('is there already') });
  expect(erased).toMatchObject({ code: 0, err: '', out: expect.stringContaining(`Erased ${email}`) });
  expect(await school.app.db.person.findMany({ select: { id: true } })).toEqual([{ id: other.actor.id }]);
  expect(await school.app.db.erasure.findMany()).toMatchObject([{ personId: actor.id, by: 'cli' }]);
});
