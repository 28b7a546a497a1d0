/** The list of doors: who may call what. Every procedure stands in the table; one that is missing, or gone, fails. */
import { randomUUID } from 'node:crypto';
import { TRPCError } from '@trpc/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appRouter } from '../router.ts';
import { wireError } from '../trpc/init.ts';
import { aBrowser, type Browser } from './browser.ts';
import { aCourse, aNumber, type MadeCourse } from './course.ts';
import { aModerator, anEmail, aRegistration, aSchool, aSession, aStudent, type School, type Student } from './world.ts';

let school: School;
let open: MadeCourse;
let locked: MadeCourse;
// One of each for all doors, with a new session at each.
let student: Student;
let moderator: Student;
beforeAll(async () => {
  school = await aSchool();
  student = await aStudent(school.app);
  moderator = await aModerator(school.app);
  open = await aCourse(school.app, { topics: [{ tasks: [{ ...aNumber('1'), isPublic: true, solution: 'так', solutionRule: 'always' }] }] });
  locked = await aCourse(school.app, { topics: [{ opensIn: 1, tasks: [{ ...aNumber('1'), solution: 'так', solutionRule: 'always' }] }] });
});
afterAll(() => school.close());

const roles = ['guest', 'student', 'moderator'] as const;
const browsers: Record<(typeof roles)[number], () => Promise<Browser>> = {
  guest: async () => aBrowser(school.app),
  student: async () => aBrowser(school.app, { cookie: await aSession(school.app, student.actor.id) }),
  moderator: async () => aBrowser(school.app, { cookie: await aSession(school.app, moderator.actor.id) }),
};

const session = 'AUTH_SESSION_REQUIRED';
const forbidden = 'AUTH_FORBIDDEN';
type Door = { path: string; says?: string; input?: () => unknown } & Record<(typeof roles)[number], string>;
const toAll = { guest: 'ok', student: 'ok', moderator: 'ok' };
const toSignedIn = { guest: session, student: 'ok', moderator: 'ok' };
const toModerators = { guest: session, student: forbidden, moderator: 'ok' };
const untilItOpens = { guest: session, student: 'TOPICS_NOT_OPEN', moderator: 'ok' };

/** One line a procedure, and one more for each thing it may refuse. */
const doors: Door[] = [
  { path: 'auth.me', ...toAll },
  { path: 'auth.flow', ...toAll },
  { path: 'auth.register', input: () => aRegistration(), ...toAll },
  { path: 'auth.requestCode', input: () => ({ email: anEmail(), locale: 'ru' }), ...toAll },
  { path: 'auth.resendCode', input: () => ({ locale: 'ru' }), ...toAll },
  { path: 'auth.verifyCode', input: () => ({ code: '000000' }), ...toAll },
  { path: 'auth.signInModerator', input: () => ({ email: anEmail(), password: 'no' }), ...toAll },
  { path: 'auth.signOut', ...toAll },
  { path: 'auth.sessions', ...toSignedIn },
  { path: 'auth.endSession', input: () => ({ id: 'f'.repeat(64) }), ...toSignedIn },
  { path: 'auth.endOtherSessions', ...toSignedIn },
  { path: 'courses.list', ...toAll },
  { path: 'courses.get', input: () => ({ course: locked.slug }), ...toAll },
  { path: 'courses.topic', input: () => ({ course: open.slug, topic: 'topic-1' }), ...toSignedIn },
  { path: 'courses.topic', says: 'of a locked topic', input: () => ({ course: locked.slug, topic: 'topic-1' }), ...untilItOpens },
  { path: 'people.updateMe', input: () => ({ firstName: 'Анна' }), ...toSignedIn },
  { path: 'people.consentText', input: () => ({ locale: 'ru' }), ...toAll },
  { path: 'progress.mine', ...toSignedIn },
  { path: 'progress.home', ...toSignedIn },
  { path: 'registry.list', input: () => ({ page: 1 }), ...toModerators },
  { path: 'settings.site', ...toAll },
  { path: 'tasks.sample', ...toAll },
  { path: 'tasks.checkSample', input: () => ({ value: '7' }), ...toAll },
  { path: 'tasks.submit', input: () => ({ taskId: open.task(0, 0), clientId: randomUUID(), value: '7' }), ...toSignedIn },
  {
    path: 'tasks.submit',
    says: 'in a locked topic',
    input: () => ({ taskId: locked.task(0, 0), clientId: randomUUID(), value: '7' }),
    ...untilItOpens,
  },
  { path: 'tasks.solution', input: () => ({ taskId: open.task(0, 0) }), ...toSignedIn },
  { path: 'tasks.solution', says: 'in a locked topic', input: () => ({ taskId: locked.task(0, 0) }), ...untilItOpens },
];

async function knock(browser: Browser, path: string, input: unknown): Promise<string> {
  const procedure = path.split('.').reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], browser.call);
  try {
    await (procedure as (input: unknown) => Promise<unknown>)(input);
    return 'ok';
  } catch (error) {
    return error instanceof TRPCError ? wireError(error, '').code : String(error);
  }
}

test('the table names every procedure there is', () => {
  expect([...new Set(doors.map((door) => door.path))].toSorted()).toEqual(Object.keys(appRouter._def.procedures).toSorted());
});

describe.each(doors.map((door) => ({ name: [door.path, door.says].filter(Boolean).join(' '), ...door })))('$name', (door) => {
  test.each(roles)('%s', async (role) => {
    expect(await knock(await browsers[role](), door.path, door.input?.())).toBe(door[role]);
  });
});

test('a guest is stopped before anything is said of the input', async () => {
  const guest = await browsers.guest();
  for (const door of doors.filter(({ guest: answer }) => answer === session)) {
    expect(await knock(guest, door.path, { nonsense: true })).toBe(session);
  }
});
