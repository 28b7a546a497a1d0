import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { App } from '../../platform/app.ts';
import { aCourse, type MadeCourse } from '../../testing/course.ts';
import { anS3Server } from '../../testing/s3-server.ts';
import { anUpload } from '../../testing/upload.ts';
import { aClock, aModerator, aSchool, type School, type Student } from '../../testing/world.ts';
import { collectFiles } from './collect.ts';
import { addToTopic, removeFile, restoreFile } from './office/actions.ts';
import { beginUpload } from './uploads/actions.ts';
import { uploadRecords } from './uploads/queries.ts';

const hour = 3_600_000;
const stores: Record<string, () => Promise<{ env: Record<string, string>; close(): Promise<void> }>> = {
  'a folder': async () => ({ env: {}, close: async () => {} }),
  'a bucket': () => anS3Server(),
};

describe.each(Object.entries(stores))('in %s', (_, open) => {
  let school: School;
  let app: App;
  let moderator: Student;
  let course: MadeCourse;
  let close: () => Promise<void>;
  beforeEach(async () => {
    const store = await open();
    // Objects have the time of the world outside.
    school = await aSchool({ env: store.env, clock: aClock(new Date().toISOString()) });
    app = school.app;
    moderator = await aModerator(app);
    course = await aCourse(app, { topics: [{ files: [{ name: 'a.txt', mime: 'text/plain', body: 'a' }] }] });
    close = async () => {
      await school.close();
      await store.close();
    };
  });
  afterEach(() => close());

  const keys = async () => {
    const found: string[] = [];
    for await (const { key } of app.storage.list('')) found.push(key);
    return found.toSorted();
  };
  const own = () => `topics/${course.topic(0).id}/a.txt`;

  test('what nobody names goes after a day, and not before; what somebody names stays', async () => {
    const subjectId = course.topic(0).id;
    const waiting = await anUpload(app, moderator, { subjectId });
    const { id: placed } = await addToTopic(app, moderator.actor, {
      uploadId: await anUpload(app, moderator, { subjectId }),
      topicId: subjectId,
    });
    for (const key of ['topics/old/x.png', 'uploads/lost', 'variants/lost/480.webp', 'registry/registrations.xlsx', 'backup/ours.tar']) {
      await app.storage.put(key, Buffer.from('x'));
    }
    await app.db.fileVariant.createMany({
      data: [
        { sourceKey: own(), width: 480, format: 'webp', storageKey: 'variants/kept/480.webp', size: 1 },
        { sourceKey: 'uploads/lost', width: 480, format: 'webp', storageKey: 'variants/lost/480.webp', size: 1 },
      ],
    });
    await app.storage.put('variants/kept/480.webp', Buffer.from('x'));
    const before = await keys();
    school.clock.forward(23 * hour);
    expect(await collectFiles(app)).toBe(0);
    expect(await keys()).toEqual(before);
    expect(await app.db.upload.count()).toBe(1);
    school.clock.forward(1.1 * hour);
    await collectFiles(app);
    expect(await keys()).toEqual(
      ['backup/ours.tar', 'registry/registrations.xlsx', own(), `uploads/${placed}`, 'variants/kept/480.webp'].toSorted(),
    );
    expect(before).toContain(`uploads/${waiting}`);
    expect([await app.db.upload.count(), await app.db.fileVariant.count()]).toEqual([0, 1]);
    expect(await collectFiles(app)).toBe(0);
  });

  test('an upload that nobody finishes goes with all that tus kept for it', async () => {
    const actor = moderator.actor;
    const { storageKey } = await beginUpload(app, actor, { purpose: 'topic', subject: course.topic(0).id, name: 'a.mp4', size: 1000 });
    const { store, idOf } = await app.storage.receiver(uploadRecords(app));
    const upload = await uploadRecords(app).get(storageKey);
    if (!upload) throw new Error('the upload was not written down');
    await store.create(Object.assign(upload, { id: idOf(storageKey) }));
    expect((await keys()).length).toBeGreaterThan(1);
    school.clock.forward(25 * hour);
    await collectFiles(app);
    expect(await keys()).toEqual([own()]);
    expect(await app.db.upload.count()).toBe(0);
  });

  test('what was removed within the day can still be put back', async () => {
    const subjectId = course.topic(0).id;
    const { id } = await addToTopic(app, moderator.actor, { uploadId: await anUpload(app, moderator, { subjectId }), topicId: subjectId });
    school.clock.forward(48 * hour);
    await removeFile(app, moderator.actor, id);
    await collectFiles(app);
    expect(await restoreFile(app, moderator.actor, id)).toMatchObject({ id });
    await removeFile(app, moderator.actor, id);
    school.clock.forward(25 * hour);
    await collectFiles(app);
    expect(await keys()).toEqual([own()]);
  });
});

test('what a killed process was writing goes after a day', async () => {
  const school = await aSchool({ clock: aClock(new Date().toISOString()) });
  const folder = join(school.dataDir, 'files/topics/x');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, '.0123456789abcdef.part'), 'half');
  await collectFiles(school.app);
  expect(await readdir(folder)).toHaveLength(1);
  school.clock.forward(25 * hour);
  await collectFiles(school.app);
  expect(await readdir(folder)).toEqual([]);
  await school.close();
});
