import { randomUUID } from 'node:crypto';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCourse, aNumber } from '../../../../testing/course.ts';
import { anExam } from '../../../../testing/exam.ts';
import { aLiveServer, type LiveServer } from '../../../../testing/live-server.ts';
import { aModerator, aSchool, aSession, aStudent, type School, type Student } from '../../../../testing/world.ts';
import { finishMyAttempt, startAttempt } from '../../attempts/actions.ts';
import { syncAttempt } from '../../sync/actions.ts';

let school: School;
let server: LiveServer;
let teacher: Student;
beforeAll(async () => {
  school = await aSchool();
  server = await aLiveServer(school.app);
  teacher = await aModerator(school.app);
});
afterAll(async () => {
  await server.close();
  await school.close();
});

async function get(id: string, cookie?: string) {
  const headers = { cookie: cookie ?? (await aSession(school.app, teacher.actor.id)) };
  return fetch(`${server.url}/api/exams/${id}/results.xlsx`, { headers, redirect: 'manual' });
}

test('the table has every attempt, with a column for each task, and the journal knows of it', async () => {
  const { app } = school;
  const course = await aCourse(app, { topics: [{ tasks: [aNumber('1'), aNumber('2')] }] });
  const exam = await anExam(app, course, { title: 'Пробник: «первый»/а' });
  const done = await aStudent(app, { lastName: '=Готов', firstName: 'Яна' });
  const busy = await aStudent(app, { lastName: 'Занят' });
  const attemptId = randomUUID();
  await startAttempt(app, done.actor, { examId: exam.id, attemptId });
  const changes = [{ taskId: course.task(0, 1), baseRev: 0, value: '2' }];
  await syncAttempt(app, done.actor, { attemptId, since: 0, changes });
  await finishMyAttempt(app, done.actor, { attemptId });
  school.clock.forward(60_000);
  await startAttempt(app, busy.actor, { examId: exam.id, attemptId: randomUUID() });

  const answer = await get(exam.id);
  expect(answer.status).toBe(200);
  expect(decodeURIComponent(answer.headers.get('content-disposition') ?? '')).toContain('Пробник «первый» а 2026-11-24.xlsx');
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(await answer.arrayBuffer());
  const rows = workbook.worksheets[0]?.getSheetValues() ?? [];
  const cells = (row: number) => (rows[row] as ExcelJS.CellValue[]).slice(1);
  expect(cells(1).slice(-2)).toEqual(['1. Задание 1', '2. Задание 2']);
  expect([cells(2)[1], cells(2)[7], cells(2)[10]]).toEqual(['Занят', 'Идёт', undefined]);
  expect(cells(3).slice(1, 3)).toEqual(['=Готов', 'Яна']);
  expect(cells(3).slice(7)).toEqual(['Завершена учеником', 1, 2, 1, 2, undefined, 0, 0, 0, 1]);
  expect(rows).toHaveLength(4);
  expect(await app.db.auditEntry.findFirstOrThrow({ orderBy: { id: 'desc' } })).toMatchObject({ action: 'exam.export', subject: exam.id });
});

test('who is no moderator is sent to the door, and what is not there is not found', async () => {
  const student = await aStudent(school.app);
  const id = randomUUID();
  for (const cookie of ['', student.cookie]) {
    const answer = await get(id, cookie);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(`/admin/login?next=${encodeURIComponent(`/admin/exams/${id}/results`)}`);
  }
  expect((await get(id)).status).toBe(404);
  expect((await get('nonsense')).status).toBe(404);
});
