import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OwnVideoDto } from '#shared/courses.ts';
import { aCourse, type MadeCourse } from '../../../testing/course.ts';
import { aSchool, aStudent, type School, type Student } from '../../../testing/world.ts';
import { openTopic } from '../open-topic.ts';
import { saveVideoPosition } from './actions.ts';

let school: School;
let course: MadeCourse;
let student: Student;
const topic = { files: [{ name: 'razbor.webm', mime: 'video/webm', body: 'webm' }], videos: ['files/razbor.webm'] };
beforeAll(async () => {
  school = await aSchool();
  course = await aCourse(school.app, { topics: [topic, { ...topic, opensIn: 1 }] });
  student = await aStudent(school.app);
});
afterAll(() => school.close());

const fileOf = (index: number) => course.topic(index).files[0] ?? '';

async function video(who: Student): Promise<OwnVideoDto> {
  const [found] = (await openTopic(school.app, who.actor, { course: course.slug, topic: 'topic-1' })).videos;
  if (found?.kind !== 'own') throw new Error('no video of our own');
  return found;
}

const ago = (ms: number) => new Date(school.clock.now().getTime() - ms).toISOString();

test('a video that is a file of the topic is played by ourselves, from its beginning', async () => {
  expect(await video(student)).toMatchObject({ fileId: fileOf(0), mime: 'video/webm', position: 0, title: 'Видео 1' });
});

test('where a person stopped is theirs alone, and what is older does not overwrite it', async () => {
  const save = (seconds: number, at: string) => saveVideoPosition(school.app, student.actor, { fileId: fileOf(0), seconds, at });
  await save(760, ago(5000));
  expect(await video(student)).toMatchObject({ position: 760 });
  await save(30, ago(60_000));
  expect(await video(student)).toMatchObject({ position: 760 });
  await save(40, ago(1000));
  expect(await video(student)).toMatchObject({ position: 40 });
  expect(await video(await aStudent(school.app))).toMatchObject({ position: 0 });
});

test('a device whose clock runs ahead does not shut out the others', async () => {
  const ahead = ago(-86_400_000);
  await saveVideoPosition(school.app, student.actor, { fileId: fileOf(0), seconds: 100, at: ahead });
  school.clock.forward(1000);
  await saveVideoPosition(school.app, student.actor, { fileId: fileOf(0), seconds: 200, at: ago(0) });
  expect(await video(student)).toMatchObject({ position: 200 });
});

test('a closed topic keeps its files to itself', async () => {
  const refused = saveVideoPosition(school.app, student.actor, { fileId: fileOf(1), seconds: 1, at: ago(0) });
  await expect(refused).rejects.toMatchObject({ code: 'FILES_NOT_FOUND' });
});

test('a video whose file is no video, or is not there, is not shown', async () => {
  const odd = await aCourse(school.app, {
    topics: [{ files: [{ name: 'a.mp4', mime: 'image/png', body: 'png' }], videos: ['files/a.mp4', 'files/gone.mp4'] }],
  });
  expect((await openTopic(school.app, student.actor, { course: odd.slug, topic: 'topic-1' })).videos).toEqual([]);
});
