import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../../platform/app.ts';
import { aBrowser } from '../../testing/browser.ts';
import { aCourse, aNumber } from '../../testing/course.ts';
import { aMachine, aSchool, type School } from '../../testing/world.ts';

let school: School;
let app: App;
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
});
afterAll(() => school.close());

const publicTask = { ...aNumber('73519'), isPublic: true, statement: 'Найдите корень', solution: 'Секрет 73519' };

test('the guest’s task: the first public one of an open topic, checked by the real checker, nothing stored', async () => {
  const guest = aBrowser(app);
  expect(await guest.call.tasks.sample()).toBeNull();
  await expect(guest.call.tasks.checkSample({ value: '1' })).rejects.toMatchObject({ code: 'NOT_FOUND', message: 'TASKS_NOT_FOUND' });
  await aCourse(app, { topics: [{ opensIn: 24, tasks: [publicTask] }] });
  await aCourse(app, { published: false, topics: [{ tasks: [publicTask] }] });
  await aCourse(app, { topics: [{ tasks: [aNumber('1')] }] });
  expect(await guest.call.tasks.sample()).toBeNull();

  const course = await aCourse(app, { topics: [{ tasks: [aNumber('1'), publicTask] }] });
  const sample = await guest.call.tasks.sample();
  expect(sample).toMatchObject({
    id: course.task(0, 1),
    format: { kind: 'number' },
    statementHtml: expect.stringContaining('Найдите корень'),
  });
  expect(JSON.stringify(sample)).not.toContain('73519');
  expect(await guest.call.tasks.checkSample({ value: '73 519,0' })).toEqual({ outcome: 'graded', verdict: 'right', understood: '73519' });
  expect(await guest.call.tasks.checkSample({ value: '73518' })).toEqual({ outcome: 'graded', verdict: 'wrong', understood: '73518' });
  expect(await guest.call.tasks.checkSample({ value: 'семь' })).toEqual({ outcome: 'malformed', problem: { code: 'not-a-number' } });
  expect([await app.db.submission.count(), await app.db.taskProgress.count()]).toEqual([0, 0]);
});

test('sixty tries in ten minutes for one machine, others are not concerned', async () => {
  const { ip } = aMachine();
  for (let use = 0; use < 60; use += 1) await app.limits.take('sample.ip', ip);
  await expect(aBrowser(app, { ip }).call.tasks.checkSample({ value: '1' })).rejects.toMatchObject({ message: 'AUTH_RATE_LIMITED' });
  await expect(aBrowser(app).call.tasks.checkSample({ value: '1' })).resolves.toMatchObject({ outcome: 'graded' });
});
