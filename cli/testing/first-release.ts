/**
 * Makes the school that src/server/testing/first-release is a backup of: rows of every kind, written by the code of the first release itself.
 *
 *   git archive f043951 | tar x -C /tmp/first && cd /tmp/first && npm ci
 *   cp <this repository>/cli/testing/first-release.ts cli/testing/ && DATA_DIR=/tmp/first-data node cli/testing/first-release.ts
 *   cd <this repository> && SECRET= DATA_DIR=/tmp/first-data npm run backup -- --to /tmp/first-backup
 *
 * It imports only what both versions have. The folder is made once and never again: it stands for the backups that schools have kept for years.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { register, verifyCode } from '#server/features/auth/actions.ts';
import { deriveCode } from '#server/features/auth/rules.ts';
import { openTopic } from '#server/features/courses/open-topic.ts';
import { consentVersion } from '#server/features/people/consent.ts';
import { addModerator } from '#server/features/people/moderators.ts';
import { submitAnswer } from '#server/features/tasks/actions.ts';
import { importCourse } from '#server/features/transfer/actions.ts';
import { readCourseFolder } from '#server/features/transfer/course-folder.ts';
import { openCliApp } from '#server/open-app.ts';
import type { App, PersonActor } from '#server/platform/app.ts';
import { writeCourseFiles } from '#server/testing/course-folder.ts';

const { app, close } = await openCliApp();
try {
  await fill(app);
} finally {
  await close();
}

async function fill(app: App): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'first-release-'));
  const opens = {
    'maths-60/01-powers/topic.md':
      '---\ntitle: Степени\nopens: 2026-09-01 18:00\nfiles:\n  - name: list.txt\n    title: Список\n---\n![a](files/a.svg)\n',
  };
  await writeCourseFiles(folder, opens);
  const read = await readCourseFolder(join(folder, 'maths-60'));
  if (!read.ok) throw new Error('the course cannot be read');
  await importCourse(app, { kind: 'cli' }, read.bundle);
  await addModerator(
    app,
    { kind: 'cli' },
    { email: 'olga@example.ru', firstName: 'Ольга', lastName: 'Громова', password: 'correct horse battery' },
  );
  const student = await aStudentOf(app, 'petr@example.ru', 'Пётр', 'Ёлкин', '+79161234567');
  await aStudentOf(app, 'anna@example.ru', 'Анна', 'Ким «\\N»', '');
  const at = { course: 'maths-60', topic: 'powers' };
  await openTopic(app, student, at);
  const task = await app.db.task.findFirstOrThrow({ where: { slug: 'first' }, select: { id: true } });
  for (const value of ['5', '1']) await submitAnswer(app, student, { taskId: task.id, clientId: randomUUID(), value });
  // Left to moderators, who had no office yet.
  await app.pool.query(
    `INSERT INTO topic_opening (person_id, topic_id, opened_at) SELECT $1, id, '2026-09-02T00:00Z' FROM topic WHERE slug = 'roots'`,
    [student.id],
  );
}

async function aStudentOf(app: App, email: string, firstName: string, lastName: string, phone: string): Promise<PersonActor> {
  const from = { ip: '10.1.2.3', network: '10.1.2.3', userAgent: 'first release' };
  const form = { email, firstName, lastName, phone, consentVersion, timeZone: 'Europe/Moscow', locale: 'ru' as const };
  const { token } = await register(app, from, form);
  const code = await app.db.loginCode.findFirstOrThrow({ where: { email }, orderBy: { createdAt: 'desc' }, select: { id: true } });
  const result = await verifyCode(app, from, token, deriveCode(app.secrets, code.id));
  if (result.outcome !== 'signed-in') throw new Error(`${email} could not sign in: ${result.outcome}`);
  return { kind: 'person', id: result.me.id, role: 'student', timeZone: result.me.timeZone };
}
