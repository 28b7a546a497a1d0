import { randomBytes, randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { aCourse, aNumber } from '../../../testing/course.ts';
import { anExam } from '../../../testing/exam.ts';
import { aLiveServer, aWebBrowser, type LiveServer, type WebBrowser } from '../../../testing/live-server.ts';
import { aClock, aModerator, aSchool, aStudent, type School, type Student } from '../../../testing/world.ts';

const clock = aClock();
const noise = randomBytes(3_000_000).toString('base64');
let school: School;
let site: LiveServer;
let student: Student;
let browser: WebBrowser;
let attemptId: string;
let zip: { url: string; size: number };

async function zipOf(actor: WebBrowser, id: string) {
  const attempt = await actor.rpc.exams.attempt.query({ attemptId: id });
  return attempt.state === 'running' ? attempt.zip : expect.fail('it is over');
}

beforeAll(async () => {
  school = await aSchool({ clock });
  site = await aLiveServer(school.app);
  const file = (name: string, body: string) => ({ name, mime: 'text/plain', body });
  const course = await aCourse(school.app, {
    topics: [
      {
        tasks: [{ ...aNumber(), fileNames: ['17.txt'] }, aNumber()],
        files: [file('17.txt', 'первый'), file('unused.txt', 'не к заданию')],
      },
      // A topic that nobody sees: a bank of tasks for exams.
      {
        published: false,
        opensIn: 100,
        tasks: [{ ...aNumber(), fileNames: ['17.txt', '27_B.txt'] }],
        files: [file('17.txt', 'второй'), file('27_B.txt', noise)],
      },
    ],
  });
  const numbers = [
    [course.task(0, 0), 17],
    [course.task(0, 1), 18],
    [course.task(1, 0), 27],
  ] as const;
  for (const [id, examNumber] of numbers) await school.app.db.task.update({ where: { id }, data: { examNumber } });
  const exam = await anExam(school.app, course, { limitMinutes: null });
  student = await aStudent(school.app);
  browser = aWebBrowser(site.url, student.cookie);
  attemptId = randomUUID();
  await browser.rpc.exams.start.mutate({ examId: exam.id, attemptId });
  zip = (await zipOf(browser, attemptId)) ?? expect.fail('no archive');
});
afterAll(async () => {
  await site.close();
  await school.close();
});

async function unpacked(answer: Response): Promise<Record<string, string>> {
  const archive = await fromBufferPromise(Buffer.from(await answer.arrayBuffer()));
  const files: Record<string, string> = {};
  for await (const entry of archive.eachEntry())
    files[entry.fileName] = (await buffer(await archive.openReadStreamPromise(entry))).toString();
  return files;
}

test('all files of the tasks and no others, a folder for each task, names in Russian', async () => {
  const answer = await browser.fetch(zip.url);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/zip']);
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="exam-[0-9a-f]+\.zip"$/);
  const files = await unpacked(answer);
  expect(Object.keys(files)).toEqual(['Задание 17/17.txt', 'Задание 27/17.txt', 'Задание 27/27_B.txt']);
  expect([files['Задание 17/17.txt'], files['Задание 27/17.txt'], files['Задание 27/27_B.txt'] === noise]).toEqual([
    'первый',
    'второй',
    true,
  ]);
  expect(zip.size).toBe(Object.values(files).reduce((sum, body) => sum + Buffer.byteLength(body), 0));
});

test('HEAD tells the same and packs nothing', async () => {
  const answer = await browser.fetch(zip.url, { method: 'HEAD' });
  expect([answer.status, answer.headers.get('content-type'), (await answer.arrayBuffer()).byteLength]).toEqual([200, 'application/zip', 0]);
});

test('who has it in English finds English folders', async () => {
  await school.app.db.person.update({ where: { id: student.actor.id }, data: { locale: 'en' } });
  expect(Object.keys(await unpacked(await browser.fetch(zip.url)))).toContain('Task 17/17.txt');
  await school.app.db.person.update({ where: { id: student.actor.id }, data: { locale: 'ru' } });
});

test('strangers and guests hear that there is nothing, with the address or without', async () => {
  const other = aWebBrowser(site.url, (await aStudent(school.app)).cookie);
  const bare = `/exams/${attemptId}/files.zip`;
  const asked = [
    await other.fetch(zip.url),
    await other.fetch(bare),
    await aWebBrowser(site.url).fetch(zip.url),
    await browser.fetch(`/exams/${randomUUID()}/files.zip`),
    await browser.fetch('/exams/x/files.zip'),
  ];
  expect(asked.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
});

test('an address that has ended, or was changed, leads its owner and a moderator on to a fresh one', async () => {
  clock.forward(13 * 3_600_000);
  const moderator = aWebBrowser(site.url, (await aModerator(school.app)).cookie);
  for (const [who, url] of [
    [browser, zip.url],
    [browser, zip.url.replace(/s=.*/, 's=AAAAAAAAAAAAAAAAAAAAAA')],
    [moderator, zip.url],
  ] as const) {
    const answer = await who.fetch(url);
    expect(answer.status).toBe(302);
    const fresh = answer.headers.get('location') ?? '';
    expect(fresh).not.toBe(url);
    expect(Object.keys(await unpacked(await who.fetch(fresh)))).toHaveLength(3);
  }
});

test('an exam without files has no archive', async () => {
  const course = await aCourse(school.app, { topics: [{ tasks: [aNumber()] }] });
  const exam = await anExam(school.app, course);
  const another = aWebBrowser(site.url, (await aStudent(school.app)).cookie);
  const id = randomUUID();
  await another.rpc.exams.start.mutate({ examId: exam.id, attemptId: id });
  expect(await zipOf(another, id)).toBeNull();
  expect((await another.fetch(`/exams/${id}/files.zip`)).status).toBe(302);
});

test('a file that is lost in the store breaks the download off: no archive looks whole', async () => {
  const course = await aCourse(school.app, {
    topics: [{ tasks: [{ ...aNumber(), fileNames: ['a.txt'] }], files: [{ name: 'a.txt', mime: 'text/plain', body: 'a' }] }],
  });
  const exam = await anExam(school.app, course);
  const another = aWebBrowser(site.url, (await aStudent(school.app)).cookie);
  const id = randomUUID();
  await another.rpc.exams.start.mutate({ examId: exam.id, attemptId: id });
  const url = (await zipOf(another, id))?.url ?? '';
  const { storageKey } = await school.app.db.topicFile.findFirstOrThrow({
    where: { topicId: course.topic(0).id },
    select: { storageKey: true },
  });
  await school.app.storage.remove(storageKey);
  await expect(another.fetch(url).then((answer) => answer.arrayBuffer())).rejects.toThrow();
});
