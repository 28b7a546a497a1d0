import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCourse } from '../../testing/course.ts';
import { aLiveServer, aWebBrowser, type LiveServer } from '../../testing/live-server.ts';
import { aLongTask, anUpload } from '../../testing/works.ts';
import { aModerator, aSchool, aStudent, type School } from '../../testing/world.ts';

let school: School;
let site: LiveServer;
beforeAll(async () => {
  school = await aSchool();
  site = await aLiveServer(school.app);
});
afterAll(async () => {
  await site.close();
  await school.close();
});

test('a photo of a work is for its student and the teachers, and all others hear the same', async () => {
  const student = await aStudent(school.app);
  const taskId = (await aCourse(school.app, { topics: [{ tasks: [aLongTask()] }] })).task(0, 0);
  const uploadIds = [await anUpload(school.app, student.actor, taskId, 'тетрадь.jpg', 'снимок')];
  const mine = aWebBrowser(site.url, student.cookie);
  const { mine: works } = await mine.rpc.reviews.handIn.mutate({ taskId, clientId: randomUUID(), text: '', uploadIds });
  const [work] = works.works;
  const url = work?.files[0]?.url ?? '';
  const bare = url.split('?')[0] ?? '';
  const own = await mine.fetch(url);
  expect([own.status, await own.text()]).toEqual([200, 'снимок']);

  const teacher = aWebBrowser(site.url, (await aModerator(school.app)).cookie);
  const review = await teacher.rpc.reviews.open.query({ workId: work?.id ?? '' });
  expect((await teacher.fetch(review.files[0]?.url ?? '')).status).toBe(200);

  const other = aWebBrowser(site.url, (await aStudent(school.app)).cookie);
  const refused = [
    await other.fetch(url),
    await other.fetch(bare),
    await aWebBrowser(site.url).fetch(url),
    await other.fetch(review.files[0]?.url ?? ''),
    await other.fetch(`/files/work/${randomUUID()}/x`),
  ];
  expect(await Promise.all(refused.map(async (answer) => [answer.status, await answer.text()]))).toEqual(refused.map(() => [404, '404']));
  await expect(other.rpc.reviews.open.query({ workId: work?.id ?? '' })).rejects.toThrow('AUTH_FORBIDDEN');
});
