/** Whatever is typed into a search of the office, or sent to it by hand, is answered soon and is nobody's crash. */
import { randomUUID } from 'node:crypto';
import { TRPCError } from '@trpc/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wireError } from '../trpc/init.ts';
import { aBrowser, type Browser } from './browser.ts';
import { aCourse, aNumber } from './course.ts';
import { anExam, type MadeExam } from './exam.ts';
import { aModerator, aSchool, aSession, aStudent, type School, type Student } from './world.ts';

let school: School;
let teacher: Browser;
let student: Student;
let exam: MadeExam;
beforeAll(async () => {
  school = await aSchool();
  teacher = aBrowser(school.app, { cookie: await aSession(school.app, (await aModerator(school.app)).actor.id) });
  student = await aStudent(school.app);
  exam = await anExam(school.app, await aCourse(school.app, { topics: [{ tasks: [aNumber('1')] }] }));
});
afterAll(() => school.close());

const full = (piece: string) => piece.repeat(100).slice(0, 100);
const typed: [name: string, text: string][] = [
  ['NUL', full('\0а')],
  ['half of a pair', full('\uD83D')],
  ['emoji', full('😀')],
  ['turned and invisible', full('\u202E\u200B')],
  ['marks on one letter', `а${full('\u0301')}`.slice(0, 100)],
  ['signs of LIKE', full('%_')],
  ['backslashes', full('\\')],
  ['quotes', full(`'"`)],
  ['a statement', `'; DROP TABLE person; --`],
  ['queries of text search', full("а:* & !(б | 'в') <-> ").trim()],
  ['expressions', full('(a+)+$|[^a]{9}')],
  ['an address', '<script>alert(1)</script>'],
  ['many words', full('а б в г д е ё ж ').trim()],
  ['digits', full('8916')],
  ['more digits than an int has', '99999999999999999999'],
  ['signs of phones', full('+()-./')],
];

const searches: Record<string, (text: string) => Promise<unknown>> = {
  students: (q) => teacher.call.people.students.list({ q }),
  'one student': (q) => teacher.call.people.students.find({ q }),
  journal: (text) => teacher.call.audit.list({ text }),
  'journal of one thing': (subject) => teacher.call.audit.list({ subject }),
  files: (search) => teacher.call.files.list({ search }),
  inbox: (search) => teacher.call.chat.inbox.list({ search }),
  'tasks for an exam': (q) => teacher.call.exams.office.candidates({ examId: exam.id, q }),
  'results of an exam': (q) => teacher.call.exams.office.results({ id: exam.id, q }),
};

describe.each(Object.keys(searches))('%s', (name) => {
  test.each(typed)('%s', async (_, text) => {
    const startedAt = performance.now();
    await searches[name]?.(text);
    // Wide: it is about what would take seconds.
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const id = randomUUID();
const years = ['0000-01-01T00:00:00Z', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z'];

describe('places in a list, made by hand, are refused or lead nowhere', () => {
  const students = (sort: 'registered' | 'name' | 'active', place: unknown) => () =>
    teacher.call.people.students.list({ sort, cursor: base64(place) });
  const wrong: [string, () => Promise<unknown>][] = [
    ...years.flatMap((at): [string, () => Promise<unknown>][] => [
      [`students by registration, ${at}`, students('registered', [at, id])],
      [`students by activity, ${at}`, students('active', [at, id])],
      [`works, ${at}`, () => teacher.call.reviews.list({ cursor: { at, id } })],
      [`journal, ${at}`, () => teacher.call.audit.list({ from: at.slice(0, 10), to: at.slice(0, 10) })],
    ]),
    ['students by name, NUL', students('name', ['\0', '\0', id])],
    ['students by name, half of a pair', students('name', ['\ud800', 'а', id])],
    [
      'a student’s answers',
      () => teacher.call.people.students.answers({ personId: student.actor.id, cursor: base64(['0000-01-01', '1']) }),
    ],
    ['inbox', () => teacher.call.chat.inbox.list({ cursor: base64(['waiting_since', years[0], id]) })],
    ['students, no JSON', () => teacher.call.people.students.list({ cursor: '%%%' })],
    ['journal, beyond every number', () => teacher.call.audit.list({ cursor: '9'.repeat(18) })],
    ['registrations, the last page', () => teacher.call.registry.list({ page: 100_000 })],
  ];
  test.each(wrong)('%s', async (_, ask) => {
    const said = await ask().then(
      () => 'ok',
      (error) => (error instanceof TRPCError ? wireError(error, '').code : String(error)),
    );
    expect(['ok', 'INPUT_INVALID']).toContain(said);
  });
});
