import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { graceMs } from '#shared/exams.ts';
import { uploadsPath } from '#shared/upload-rules.ts';
import { aCourse, aNumber, type MadeCourse } from '../../../testing/course.ts';
import { anExam } from '../../../testing/exam.ts';
import { aLiveServer, aWebBrowser, type LiveServer, type WebBrowser } from '../../../testing/live-server.ts';
import { tusClient } from '../../../testing/tus.ts';
import { aLongTask } from '../../../testing/works.ts';
import { aClock, aModerator, aSchool, aStudent, type School } from '../../../testing/world.ts';

const clock = aClock();
let school: School;
let site: LiveServer;
let course: MadeCourse;
let photo: Buffer;
beforeAll(async () => {
  school = await aSchool({ clock });
  site = await aLiveServer(school.app);
  course = await aCourse(school.app, { topics: [{ tasks: [aLongTask(), aNumber()] }] });
  photo = await sharp({ create: { width: 60, height: 80, channels: 3, background: '#f4f1e8' } })
    .jpeg()
    .toBuffer();
});
afterAll(async () => {
  await site.close();
  await school.close();
});

async function aSitting(tasks?: string[]): Promise<{ browser: WebBrowser; attemptId: string }> {
  const exam = await anExam(school.app, course, { limitMinutes: 60, ...(tasks ? { tasks } : {}) });
  const browser = aWebBrowser(site.url, (await aStudent(school.app)).cookie);
  const attemptId = randomUUID();
  await browser.rpc.exams.start.mutate({ examId: exam.id, attemptId });
  return { browser, attemptId };
}

const announced = (attemptId: string) => ({ purpose: 'exam' as const, subject: attemptId, name: 'тетрадь.jpg', size: photo.length });
const send = (browser: WebBrowser, attemptId: string) => tusClient(browser, site.url).create(announced(attemptId));

test('a photo comes in by pieces, is laid, is seen by its student and the teachers alone, and goes on with the work', async () => {
  const { browser, attemptId } = await aSitting();
  const tus = tusClient(browser, site.url);
  const path = await tus.begin(announced(attemptId));
  await tus.patch(path, 0, new Uint8Array(photo.subarray(0, 100)));
  const { id: uploadId } = await tus.goOn(path, photo);
  expect(path).toBe(`${uploadsPath}/${uploadId}`);
  const { files } = await browser.rpc.exams.long.addFile.mutate({ attemptId, taskId: course.task(0, 0), uploadId, at: 1 });
  const url = files[0]?.url ?? '';
  const own = await browser.fetch(url);
  expect([own.status, Buffer.from(await own.arrayBuffer()).equals(photo)]).toEqual([200, true]);
  const bare = url.split('?')[0] ?? '';
  expect((await browser.fetch(bare)).headers.get('location')).toBe(url);
  const teacher = aWebBrowser(site.url, (await aModerator(school.app)).cookie);
  expect((await teacher.fetch((await teacher.fetch(bare)).headers.get('location') ?? '')).status).toBe(200);
  const other = aWebBrowser(site.url, (await aStudent(school.app)).cookie);
  const refused = await Promise.all([other.fetch(url), other.fetch(bare), aWebBrowser(site.url).fetch(url)]);
  expect(refused.map(({ status }) => status)).toEqual([404, 404, 404]);

  await browser.rpc.exams.finish.mutate({ attemptId });
  const attempt = await browser.rpc.exams.attempt.query({ attemptId });
  const workId = (attempt.state === 'finished' && attempt.answers?.find((answer) => answer.workId)?.workId) || '';
  const { work } = await browser.rpc.exams.long.work.query({ workId });
  expect(work.files).toMatchObject([{ name: 'тетрадь.jpg', width: 60, height: 80 }]);
  expect((await browser.fetch(work.files[0]?.url ?? '')).status).toBe(200);
});

test('nobody begins an upload for somebody else’s attempt, for one without a long task, or when it is over', async () => {
  const { browser, attemptId } = await aSitting();
  const other = aWebBrowser(site.url, (await aStudent(school.app)).cookie);
  const short = await aSitting([course.task(0, 1)]);
  const heard = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code];
  expect(await heard(await send(other, attemptId))).toEqual([404, 'EXAMS_NOT_FOUND']);
  expect(await heard(await send(short.browser, short.attemptId))).toEqual([404, 'EXAMS_NOT_FOUND']);
  expect(await heard(await send(browser, randomUUID()))).toEqual([404, 'EXAMS_NOT_FOUND']);
  expect((await send(browser, attemptId)).status).toBe(201);
  clock.forward(60 * 60_000 + graceMs);
  expect(await heard(await send(browser, attemptId))).toEqual([409, 'EXAMS_OVER']);
});
