import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCourse, type MadeTopic } from '../../../testing/course.ts';
import { aModerator, aSchool, type School, type Student } from '../../../testing/world.ts';
import { addVideo, moveVideo, removeVideo, restoreVideo, updateVideo } from './actions.ts';
import { getMedia } from './queries.ts';

let school: School;
let moderator: Student;
beforeAll(async () => {
  school = await aSchool();
  moderator = await aModerator(school.app);
});
afterAll(() => school.close());

const youtube = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ';
const plan = {
  files: [
    { name: 'razbor.mp4', mime: 'video/mp4', body: 'mp4' },
    { name: 'b.webm', mime: 'image/png', body: 'png' },
  ],
};

async function aTopic(): Promise<MadeTopic> {
  return (await aCourse(school.app, { topics: [plan] })).topic(0);
}

async function add(topic: MadeTopic, title: string, url = youtube): Promise<string> {
  const id = randomUUID();
  await addVideo(school.app, moderator.actor, { id, topicId: topic.id, title, url, minutes: 12 });
  return id;
}

const media = (topic: MadeTopic) => getMedia(school.app, moderator.actor, topic.id);
const titles = async (topic: MadeTopic) => (await media(topic)).videos.map(({ title }) => title);
const audit = (subject: string) =>
  school.app.db.auditEntry.findMany({
    where: { subject },
    orderBy: { id: 'asc' },
    select: { action: true, label: true, before: true, after: true },
  });

test('videos stand in the order in which they were added, with their host or their file', async () => {
  const topic = await aTopic();
  await add(topic, 'Первое');
  await add(topic, 'Второе', 'files/razbor.mp4');
  const { videos, spareVideos } = await media(topic);
  expect(videos).toMatchObject([
    { title: 'Первое', host: 'youtube', href: youtube, size: null },
    { title: 'Второе', host: 'own', href: expect.stringContaining(`/files/${topic.files[0]}/razbor.mp4`), size: 3 },
  ]);
  expect(spareVideos).toEqual([]);
});

test('a file that nothing plays is offered, and one that is gone is said to be', async () => {
  const topic = await aTopic();
  expect((await media(topic)).spareVideos).toEqual([{ name: 'razbor.mp4', title: null, size: 3 }]);
  await add(topic, 'Разбор', 'files/razbor.mp4');
  await school.app.db.topicFile.delete({ where: { id: topic.files[0] ?? '' } });
  expect((await media(topic)).videos).toMatchObject([{ host: 'own', href: null, size: null }]);
});

test('the same video sent twice is one, also at the same instant', async () => {
  const topic = await aTopic();
  const video = { id: randomUUID(), topicId: topic.id, title: 'Один', url: youtube, minutes: null };
  await Promise.all([1, 2, 3].map(() => addVideo(school.app, moderator.actor, video)));
  expect(await titles(topic)).toEqual(['Один']);
  expect(await audit(video.id)).toHaveLength(1);
});

test('a file that this topic does not have is refused', async () => {
  const topic = await aTopic();
  await expect(add(topic, 'Нет', 'files/other.mp4')).rejects.toMatchObject({ code: 'FILES_NOT_FOUND' });
  await expect(add(topic, 'Не видео', 'files/b.webm')).rejects.toMatchObject({ code: 'FILES_NOT_FOUND' });
  expect(await titles(topic)).toEqual([]);
});

test('a deleted topic takes no videos', async () => {
  const topic = await aTopic();
  await school.app.db.topic.update({ where: { id: topic.id }, data: { deletedAt: school.app.clock.now() } });
  await expect(add(topic, 'Поздно')).rejects.toMatchObject({ code: 'TOPICS_NOT_FOUND' });
  await expect(media(topic)).rejects.toMatchObject({ code: 'TOPICS_NOT_FOUND' });
});

test('no more than fifty', async () => {
  const topic = await aTopic();
  await school.app.db.topicVideo.createMany({
    data: Array.from({ length: 50 }, (_, position) => ({ topicId: topic.id, title: `${position}`, url: youtube, position })),
  });
  await expect(add(topic, 'Лишнее')).rejects.toMatchObject({ code: 'VIDEOS_TOO_MANY' });
});

test('fields change one by one, and the journal holds what changed', async () => {
  const topic = await aTopic();
  const id = await add(topic, 'Было');
  await updateVideo(school.app, moderator.actor, { id, title: 'Стало', minutes: 12 });
  await updateVideo(school.app, moderator.actor, { id, title: 'Стало' });
  expect((await media(topic)).videos).toMatchObject([{ title: 'Стало', minutes: 12, url: youtube }]);
  expect((await audit(id)).slice(1)).toEqual([
    { action: 'video.update', label: 'Стало', before: { title: 'Было' }, after: { title: 'Стало' } },
  ]);
});

test('moves are relative and meet without losing one', async () => {
  const topic = await aTopic();
  const [a, b, c] = [await add(topic, 'А'), await add(topic, 'Б'), await add(topic, 'В')];
  await moveVideo(school.app, moderator.actor, { id: c, beforeId: a });
  expect(await titles(topic)).toEqual(['В', 'А', 'Б']);
  await Promise.all([
    moveVideo(school.app, moderator.actor, { id: a, beforeId: null }),
    moveVideo(school.app, moderator.actor, { id: b, beforeId: c }),
  ]);
  expect(await titles(topic)).toEqual(['Б', 'В', 'А']);
  const rows = await school.app.db.topicVideo.findMany({
    where: { topicId: topic.id },
    orderBy: { position: 'asc' },
    select: { position: true },
  });
  expect(rows.map(({ position }) => position)).toEqual([0, 1, 2]);
});

test('a removed video comes back in its place, once', async () => {
  const topic = await aTopic();
  await add(topic, 'А');
  const id = await add(topic, 'Б', 'files/razbor.mp4');
  await add(topic, 'В');
  const removed = await removeVideo(school.app, moderator.actor, { id });
  expect(await titles(topic)).toEqual(['А', 'В']);
  expect((await media(topic)).spareVideos).toHaveLength(1);
  expect(await removeVideo(school.app, moderator.actor, { id })).toBeNull();
  if (!removed) throw new Error('nothing was removed');
  await restoreVideo(school.app, moderator.actor, removed);
  await restoreVideo(school.app, moderator.actor, removed);
  expect(await titles(topic)).toEqual(['А', 'Б', 'В']);
  expect((await audit(id)).map(({ action }) => action)).toEqual(['video.add', 'video.remove', 'video.restore']);
});

test('what is gone cannot be changed or moved', async () => {
  const id = randomUUID();
  await expect(updateVideo(school.app, moderator.actor, { id, title: 'Нет' })).rejects.toMatchObject({ code: 'VIDEOS_NOT_FOUND' });
  await expect(moveVideo(school.app, moderator.actor, { id, beforeId: null })).rejects.toMatchObject({ code: 'VIDEOS_NOT_FOUND' });
});
