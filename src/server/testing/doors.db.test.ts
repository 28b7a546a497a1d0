/** The list of doors: who may call what. Every procedure stands in the table; one that is missing, or gone, fails. */
import { randomUUID } from 'node:crypto';
import { TRPCError } from '@trpc/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addVideo } from '../features/courses/media/actions.ts';
import { countAudience, reached } from '../features/news/office/audience/queries.ts';
import { removePost } from '../features/news/office/posts/actions.ts';
import { pausePost } from '../features/news/office/sending/hold/actions.ts';
import { consentVersion } from '../features/people/consent.ts';
import { liveRouter } from '../live-router.ts';
import { appRouter } from '../router.ts';
import { wireError } from '../trpc/init.ts';
import { aBrowser, type Browser } from './browser.ts';
import { aMessage, anOpenChat, theCommonRoom } from './chat.ts';
import { aCourse, aNumber, type MadeCourse } from './course.ts';
import { anExam, begin, finish, type MadeExam, type } from './exam.ts';
import { anArticle, type MadeArticle } from './faq.ts';
import { aDraft, aSentPost, newsFields, send } from './news.ts';
import { anUpload } from './upload.ts';
import { aLongTask } from './works.ts';
import { aModerator, anEmail, aRegistration, aSchool, aSession, aStudent, limitsElapse, type School, type Student } from './world.ts';

let school: School;
let open: MadeCourse;
let locked: MadeCourse;
let long: MadeCourse;
let sat: MadeCourse;
let exam: MadeExam;
let attempt: string;
let faq: MadeArticle;
// One of each for all doors, with a new session at each.
let student: Student;
let moderator: Student;
// Whom moderators do things to.
let other: Student;
beforeAll(async () => {
  school = await aSchool();
  student = await aStudent(school.app);
  moderator = await aModerator(school.app);
  other = await aStudent(school.app);
  open = await aCourse(school.app, {
    topics: [
      {
        tasks: [{ ...aNumber('1'), isPublic: true, solution: 'так', solutionRule: 'always' }],
        files: [
          { name: 'razbor.webm', mime: 'video/webm', body: 'webm' },
          { name: 'spare.txt', mime: 'text/plain', body: 'spare' },
        ],
      },
    ],
  });
  long = await aCourse(school.app, { topics: [{ tasks: [aLongTask()] }, { opensIn: 1, tasks: [aLongTask()] }] });
  locked = await aCourse(school.app, { topics: [{ opensIn: 1, tasks: [{ ...aNumber('1'), solution: 'так', solutionRule: 'always' }] }] });
  await addVideo(school.app, moderator.actor, aVideo(video));
  sat = await aCourse(school.app, { topics: [{ tasks: [aNumber('1')] }] });
  exam = await anExam(school.app, sat);
  attempt = (await begin(school.app, student.actor, exam)).id;
  faq = await anArticle(school.app);
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
const video = randomUUID();
const aVideo = (id: string = randomUUID()) => ({ id, topicId: open.topic(0).id, title: 'Разбор', url: 'files/razbor.webm', minutes: 12 });
/** `stream`: a subscription, of the live router. */
type Door = { path: string; stream?: true; says?: string; input?: () => unknown } & Record<(typeof roles)[number], string>;
const toAll = { guest: 'ok', student: 'ok', moderator: 'ok' };
const toSignedIn = { guest: session, student: 'ok', moderator: 'ok' };
const toModerators = { guest: session, student: forbidden, moderator: 'ok' };
const untilItOpens = { guest: session, student: 'TOPICS_NOT_OPEN', moderator: 'ok' };

// The student was sent a code already, when they registered.
const aMinuteLater = async () => {
  await limitsElapse(school.app, 61);
  return { locale: 'ru' };
};
const taskText = () => ({ kind: 'task', subjectId: open.task(0, 0) });
const theoryText = () => ({ kind: 'theory', subjectId: open.topic(0).id });

/** One line a procedure, and one more for each thing it may refuse. */
const doors: Door[] = [
  { path: 'audit.list', input: () => ({}), ...toModerators },
  { path: 'audit.actors', ...toModerators },
  { path: 'auth.me', ...toAll },
  { path: 'auth.flow', ...toAll },
  { path: 'auth.register', input: () => aRegistration(), ...toAll },
  { path: 'auth.requestCode', input: () => ({ email: anEmail(), locale: 'ru' }), ...toAll },
  { path: 'auth.resendCode', input: () => ({ locale: 'ru' }), ...toAll },
  { path: 'auth.verifyCode', input: () => ({ code: '000000' }), ...toAll },
  { path: 'auth.passSecondStep', input: () => ({ code: '000000' }), ...toAll },
  { path: 'auth.secondStep.mine', ...toModerators },
  { path: 'auth.secondStep.begin', input: () => ({ password: 'not this' }), ...toModerators },
  { path: 'auth.secondStep.turnOn', input: () => ({ setup: 'none', code: '000000' }), ...toModerators },
  { path: 'auth.secondStep.renewCodes', input: () => ({ password: 'not this' }), ...toModerators },
  { path: 'auth.secondStep.turnOff', input: () => ({ password: 'not this' }), ...toModerators },
  { path: 'auth.signInModerator', input: () => ({ email: anEmail(), password: 'no' }), ...toAll },
  { path: 'auth.signOut', ...toAll },
  { path: 'auth.sessions', ...toSignedIn },
  { path: 'auth.endSession', input: () => ({ id: 'f'.repeat(64) }), ...toSignedIn },
  { path: 'auth.endOtherSessions', ...toSignedIn },
  { path: 'courses.list', ...toAll },
  { path: 'courses.get', input: () => ({ course: locked.slug }), ...toAll },
  { path: 'courses.topic', input: () => ({ course: open.slug, topic: 'topic-1' }), ...toSignedIn },
  { path: 'courses.topic', says: 'of a locked topic', input: () => ({ course: locked.slug, topic: 'topic-1' }), ...untilItOpens },
  {
    path: 'courses.saveVideoPosition',
    input: () => ({ fileId: open.topic(0).files[0], seconds: 60, at: '2026-11-24T11:59:00.000Z' }),
    ...toSignedIn,
  },
  { path: 'courses.media.get', input: () => ({ topicId: open.topic(0).id }), ...toModerators },
  { path: 'courses.media.addVideo', input: () => aVideo(), ...toModerators },
  { path: 'courses.media.updateVideo', input: () => ({ id: video, title: 'Разбор' }), ...toModerators },
  { path: 'courses.media.moveVideo', input: () => ({ id: video, beforeId: null }), ...toModerators },
  { path: 'courses.media.removeVideo', input: () => ({ id: randomUUID() }), ...toModerators },
  { path: 'courses.media.restoreVideo', input: () => ({ ...aVideo(), beforeId: null }), ...toModerators },
  ...chatOffice(),
  ...talk(),
  ...curriculum(),
  ...questionsAndAnswers(),
  ...announcements(),
  ...notices(),
  ...payments(),
  { path: 'dashboard.get', ...toModerators },
  { path: 'health.get', input: () => ({ locale: 'ru' }), ...toModerators },
  { path: 'health.brief', ...toModerators },
  {
    path: 'files.upload',
    input: async () => ({ id: await anUpload(school.app, student) }),
    guest: session,
    student: 'ok',
    moderator: 'FILES_NOT_FOUND',
  },
  { path: 'files.ofTopic', input: () => ({ topicId: open.topic(0).id }), ...toModerators },
  { path: 'files.list', input: () => ({}), ...toModerators },
  {
    path: 'files.addToTopic',
    input: async () => ({ uploadId: await anUpload(school.app, moderator, { subjectId: open.topic(0).id }), topicId: open.topic(0).id }),
    ...toModerators,
  },
  { path: 'files.rename', input: () => ({ fileId: open.topic(0).files[0], title: 'Разбор' }), ...toModerators },
  { path: 'files.setListed', input: () => ({ topicId: open.topic(0).id, fileIds: [] }), ...toModerators },
  { path: 'files.remove', input: () => ({ fileId: open.topic(0).files[1] }), ...toModerators },
  { path: 'files.restore', input: () => ({ fileId: open.topic(0).files[1] }), ...toModerators },
  { path: 'people.moderator.mine', ...toModerators },
  { path: 'people.moderator.changePassword', input: () => ({ former: 'not this', next: 'wet grass under the moon' }), ...toModerators },
  { path: 'people.updateMe', input: () => ({ firstName: 'Анна' }), ...toSignedIn },
  { path: 'people.consentText', input: () => ({ locale: 'ru' }), ...toAll },
  { path: 'people.personalData.consentDue', input: () => ({ locale: 'ru' }), ...toSignedIn },
  { path: 'people.personalData.agree', input: () => ({ version: consentVersion }), guest: session, student: 'ok', moderator: forbidden },
  { path: 'people.personalData.privacyPolicy', input: () => ({ locale: 'ru' }), ...toAll },
  { path: 'people.personalData.askToErase', input: aMinuteLater, guest: session, student: 'ok', moderator: forbidden },
  // No such code was asked for: nothing is closed.
  {
    path: 'people.personalData.close',
    input: () => ({ token: 'a'.repeat(27), code: '000000' }),
    guest: session,
    student: 'ok',
    moderator: forbidden,
  },
  { path: 'people.personalData.keep', input: () => ({ token: 'a'.repeat(80) }), ...toAll },
  { path: 'people.students.list', input: () => ({}), ...toModerators },
  { path: 'people.students.find', input: () => ({ q: 'Соколов' }), ...toModerators },
  { path: 'people.students.courseChoices', ...toModerators },
  { path: 'people.students.get', input: () => ({ personId: student.actor.id }), ...toModerators },
  { path: 'people.students.courses', input: () => ({ personId: student.actor.id }), ...toModerators },
  { path: 'people.students.answers', input: () => ({ personId: student.actor.id }), ...toModerators },
  { path: 'people.students.works', input: () => ({ personId: student.actor.id }), ...toModerators },
  { path: 'people.students.update', input: () => ({ personId: student.actor.id, firstName: 'Вера' }), ...toModerators },
  { path: 'people.students.block', input: () => ({ personId: other.actor.id }), ...toModerators },
  { path: 'people.students.unblock', input: () => ({ personId: other.actor.id }), ...toModerators },
  { path: 'people.students.grantCourse', input: () => ({ personId: other.actor.id, courseId: open.id }), ...toModerators },
  { path: 'people.students.revokeCourse', input: () => ({ personId: other.actor.id, courseId: open.id }), ...toModerators },
  { path: 'people.students.openTopic', input: () => ({ personId: other.actor.id, topicId: locked.topic(0).id }), ...toModerators },
  { path: 'people.students.closeTopic', input: () => ({ personId: other.actor.id, topicId: locked.topic(0).id }), ...toModerators },
  { path: 'progress.mine', ...toSignedIn },
  { path: 'progress.ofStudent', input: () => ({ personId: student.actor.id }), ...toModerators },
  { path: 'progress.statistics', input: () => ({ course: null }), ...toSignedIn },
  { path: 'progress.statisticsOf', input: () => ({ personId: student.actor.id, course: null }), ...toModerators },
  { path: 'progress.home', ...toSignedIn },
  { path: 'progress.group.table', input: () => ({ course: open.slug }), ...toModerators },
  { path: 'progress.group.hardest', input: () => ({ course: open.slug }), ...toModerators },
  { path: 'progress.mistakes.today', ...toSignedIn },
  { path: 'progress.mistakes.brief', ...toSignedIn },
  {
    path: 'progress.mistakes.answer',
    input: () => ({ taskId: randomUUID(), clientId: randomUUID(), value: '7' }),
    guest: session,
    student: 'MISTAKES_NOT_FOUND',
    moderator: 'MISTAKES_NOT_FOUND',
  },
  { path: 'registry.list', input: () => ({ page: 1 }), ...toModerators },
  ...reviewsDoors(),
  { path: 'settings.site', ...toAll },
  { path: 'settings.operator', ...toModerators },
  { path: 'settings.setOperator', input: () => ({ name: 'Школа', inn: '', address: '', contact: '' }), ...toModerators },
  { path: 'tasks.sample', ...toAll },
  { path: 'tasks.checkSample', input: () => ({ value: '7' }), ...toAll },
  { path: 'tasks.submit', input: () => ({ taskId: open.task(0, 0), clientId: randomUUID(), value: '7' }), ...toSignedIn },
  {
    path: 'tasks.submit',
    says: 'in a locked topic',
    input: () => ({ taskId: locked.task(0, 0), clientId: randomUUID(), value: '7' }),
    ...untilItOpens,
  },
  { path: 'tasks.keyFixSeen', input: () => ({ taskId: open.task(0, 0) }), ...toSignedIn },
  { path: 'tasks.clusters.list', input: () => ({ taskId: open.task(0, 0) }), ...toModerators },
  { path: 'tasks.clusters.preview', input: () => ({ taskId: open.task(0, 0), body: 'Разбор' }), ...toModerators },
  {
    path: 'tasks.clusters.reply',
    says: 'to an answer that nobody gave',
    input: () => ({ taskId: open.task(0, 0), hash: 'f'.repeat(43), body: 'Разбор', base: null }),
    ...toModerators,
    moderator: 'NOT_FOUND',
  },
  { path: 'tasks.clusters.removeReply', input: () => ({ taskId: open.task(0, 0), hash: 'f'.repeat(43) }), ...toModerators },
  { path: 'texts.open', input: () => taskText(), ...toModerators },
  { path: 'texts.saveDraft', input: () => ({ ...taskText(), baseRev: 0, source: 'Черновик' }), ...toModerators },
  { path: 'texts.discardDraft', input: () => ({ ...taskText(), baseRev: 0 }), ...toModerators },
  { path: 'texts.publish', input: () => ({ ...taskText(), baseRev: 0, source: 'Черновик' }), ...toModerators },
  { path: 'texts.preview', input: () => ({ ...taskText(), source: 'Черновик' }), ...toModerators },
  { path: 'texts.checkAnswer', input: () => ({ subjectId: open.task(0, 0), source: 'Черновик', value: '7' }), ...toModerators },
  { path: 'texts.likelyAnswers', input: () => ({ subjectId: open.task(0, 0), source: 'Черновик' }), ...toModerators },
  { path: 'texts.versions', input: () => theoryText(), ...toModerators },
  { path: 'texts.version', input: () => ({ ...theoryText(), number: 1 }), ...toModerators },
  { path: 'tasks.solution', input: () => ({ taskId: open.task(0, 0) }), ...toSignedIn },
  { path: 'tasks.solution', says: 'in a locked topic', input: () => ({ taskId: locked.task(0, 0) }), ...untilItOpens },
  ...transferDoors(),
  ...scalesDoors(),
  ...examsOfficeDoors(),
  ...examsDoors(),
  ...examsLongDoors(),
  { path: 'live.mine', stream: true, ...toSignedIn },
];

/** Of a subject that nobody made: what is asked here is who may ask. */
function scalesDoors(): Door[] {
  const scale = () => ({ subjectId: randomUUID(), year: 2025 });
  const noSubject = { ...toModerators, moderator: 'SUBJECTS_NOT_FOUND' };
  return [
    { path: 'exams.scales.list', ...toModerators },
    { path: 'exams.scales.save', input: () => ({ ...scale(), points: [100], maxPrimary: 1, former: null }), ...noSubject },
    { path: 'exams.scales.remove', input: scale, ...noSubject },
    { path: 'exams.scales.restore', input: () => ({ ...scale(), points: [100] }), ...noSubject },
  ];
}

/** Exams as a student sits them: one that begins, the student's own attempt, and one of somebody else's. */
function examsDoors(): Door[] {
  const place = () => ({ course: sat.slug, exam: exam.slug });
  const own = () => ({ attemptId: attempt });
  const save = () => ({ ...own(), since: 0, changes: [] });
  const stranger = async () => ({ attemptId: (await begin(school.app, (await aStudent(school.app)).actor, exam)).id });
  const toOwner = { guest: session, student: 'ok', moderator: 'EXAMS_NOT_FOUND' };
  const toNobodyElse = { guest: session, student: 'EXAMS_NOT_FOUND', moderator: 'EXAMS_NOT_FOUND' };
  return [
    { path: 'exams.ofCourse', input: () => ({ course: sat.slug }), ...toSignedIn },
    { path: 'exams.get', input: place, ...toSignedIn },
    { path: 'exams.running', ...toSignedIn },
    { path: 'exams.start', input: () => ({ examId: exam.id, attemptId: attempt }), ...toSignedIn, moderator: forbidden },
    { path: 'exams.attempt', input: own, ...toOwner },
    { path: 'exams.attempt', says: 'of somebody else', input: stranger, ...toNobodyElse },
    { path: 'exams.sync', input: save, ...toOwner },
    { path: 'exams.sync', says: 'of somebody else', input: async () => ({ ...save(), ...(await stranger()) }), ...toNobodyElse },
    { path: 'exams.finish', says: 'of somebody else', input: stranger, ...toNobodyElse },
    { path: 'exams.finish', input: own, ...toOwner },
  ];
}

/** Long answers in exams: of an attempt without a long task, of a work that is not there, and of somebody else's. */
function examsLongDoors(): Door[] {
  const place = () => ({ attemptId: attempt, taskId: sat.task(0, 0) });
  const stranger = async () => {
    const { actor } = await aStudent(school.app);
    const taskId = long.task(0, 0);
    const { id: attemptId } = await begin(school.app, actor, await anExam(school.app, long, { tasks: [taskId] }));
    await type(school.app, actor, attemptId, { [taskId]: 'Решение' });
    return { actor, place: { attemptId, taskId } };
  };
  const strangersWork = async () => {
    const { actor, place } = await stranger();
    await finish(school.app, actor, place.attemptId);
    const where = { personId: actor.id };
    return { workId: (await school.app.db.work.findFirstOrThrow({ where, select: { id: true } })).id };
  };
  const notThere = { guest: session, student: 'EXAMS_NOT_FOUND', moderator: 'EXAMS_NOT_FOUND' };
  return [
    { path: 'exams.long.files', input: place, ...notThere },
    { path: 'exams.long.addFile', input: () => ({ ...place(), uploadId: randomUUID(), at: 1 }), ...notThere },
    { path: 'exams.long.removeFile', input: () => ({ ...place(), fileId: randomUUID() }), ...notThere },
    { path: 'exams.long.files', says: 'of somebody else', input: async () => (await stranger()).place, ...notThere },
    {
      path: 'exams.long.addFile',
      says: 'of somebody else',
      input: async () => ({ ...(await stranger()).place, uploadId: randomUUID(), at: 1 }),
      ...notThere,
    },
    {
      path: 'exams.long.removeFile',
      says: 'of somebody else',
      input: async () => ({ ...(await stranger()).place, fileId: randomUUID() }),
      ...notThere,
    },
    {
      path: 'exams.long.work',
      says: 'of somebody else',
      input: strangersWork,
      guest: session,
      student: 'REVIEWS_NOT_FOUND',
      moderator: 'ok',
    },
    {
      path: 'exams.long.work',
      input: () => ({ workId: randomUUID() }),
      guest: session,
      student: 'REVIEWS_NOT_FOUND',
      moderator: 'REVIEWS_NOT_FOUND',
    },
  ];
}

/** Exams in the office. Things of an unknown id: what is asked here is who may ask. */
function examsOfficeDoors(): Door[] {
  const item = () => ({ id: randomUUID() });
  const ofExam = () => ({ examId: randomUUID() });
  const attempt = () => ({ attemptId: randomUUID() });
  const noExam = { ...toModerators, moderator: 'EXAMS_NOT_FOUND' };
  const doorsOf: Record<string, [() => unknown, Omit<Door, 'path'>]> = {
    list: [() => ({ course: open.slug }), toModerators],
    get: [item, noExam],
    create: [() => ({ ...item(), courseId: randomUUID(), title: 'Экзамен' }), { ...toModerators, moderator: 'COURSES_NOT_FOUND' }],
    update: [item, noExam],
    publish: [item, noExam],
    unpublish: [item, noExam],
    delete: [item, noExam],
    restore: [item, noExam],
    copy: [() => ({ ...item(), newId: randomUUID() }), noExam],
    move: [() => ({ ...item(), beforeId: null }), noExam],
    setTasks: [() => ({ ...item(), taskIds: [], base: [] }), noExam],
    candidates: [ofExam, noExam],
    pickByNumbers: [ofExam, noExam],
    results: [item, noExam],
    extras: [item, noExam],
    setExtra: [() => ({ ...ofExam(), personId: other.actor.id, minutes: 30, attempts: 0 }), noExam],
    finishAttempt: [attempt, noExam],
    attempt: [attempt, noExam],
    ofStudent: [() => ({ personId: student.actor.id }), toModerators],
  };
  return Object.entries(doorsOf).map(([name, [input, answers]]) => ({ path: `exams.office.${name}`, input, ...answers }));
}

/** Courses and tasks in and out. Of files that nobody sent: what is asked here is who may ask. */
function transferDoors(): Door[] {
  const upload = () => ({ uploadId: randomUUID() });
  const questions = () => ({ ...upload(), topicId: open.topic(0).id });
  const noFile = { ...toModerators, moderator: 'FILES_NOT_FOUND' };
  return [
    { path: 'transfer.course', input: () => ({ course: open.slug }), ...toModerators },
    { path: 'transfer.inspectCourse', input: upload, ...noFile },
    { path: 'transfer.importCourse', input: () => ({ ...upload(), token: '', removeAnswered: false }), ...noFile },
    { path: 'transfer.inspectQuestions', input: questions, ...noFile },
    { path: 'transfer.importQuestions', input: () => ({ ...questions(), publish: false }), ...noFile },
  ];
}

/** Threads: a student's own, which teachers see as well, somebody else's, and the teachers' room. */
function talk(): Door[] {
  const own = async () => ({ threadId: await anOpenChat(school.app, student) });
  const foreign = async () => ({ threadId: await anOpenChat(school.app, other) });
  const room = async () => ({ threadId: await theCommonRoom(school.app) });
  const words = () => ({ clientId: randomUUID(), body: 'Здравствуйте' });
  const first = async (by: Student) => {
    const thread = await own();
    const { seq, rev } = await aMessage(school.app, by.actor, thread.threadId);
    return { ...thread, seq, rev };
  };
  const place = async (by: Student) => {
    const { threadId, seq } = await first(by);
    return { threadId, seq };
  };
  const toTeachers = { guest: session, student: 'CHAT_NOT_FOUND', moderator: 'ok' };
  const toStudents = { guest: session, student: 'ok', moderator: 'CHAT_NOT_FOUND' };
  const taskId = () => open.task(0, 0);
  return [
    { path: 'chat.openTask', input: () => ({ taskId: taskId() }), guest: session, student: 'CHAT_LOCKED', moderator: 'CHAT_NOT_FOUND' },
    { path: 'chat.openTask', says: 'of somebody else', input: () => ({ taskId: taskId(), studentId: other.actor.id }), ...toTeachers },
    { path: 'chat.openSupport', input: () => ({}), ...toStudents },
    { path: 'chat.openSupport', says: 'of somebody else', input: () => ({ studentId: other.actor.id }), ...toTeachers },
    { path: 'chat.thread', input: own, ...toSignedIn },
    { path: 'chat.thread', says: 'of somebody else', input: foreign, ...toTeachers },
    { path: 'chat.thread', says: 'of teachers', input: room, ...toTeachers },
    { path: 'chat.history', input: own, ...toSignedIn },
    { path: 'chat.history', says: 'of somebody else', input: foreign, ...toTeachers },
    { path: 'chat.send', input: async () => ({ ...(await own()), ...words() }), ...toSignedIn },
    { path: 'chat.send', says: 'to a room', input: async () => ({ ...(await room()), ...words() }), ...toTeachers },
    { path: 'chat.edit', input: async () => ({ ...(await first(student)), body: 'Иначе' }), ...toStudents },
    { path: 'chat.edit', says: 'of a teacher', input: async () => ({ ...(await first(moderator)), body: 'Иначе' }), ...toTeachers },
    { path: 'chat.delete', input: () => place(student), ...toSignedIn },
    { path: 'chat.delete', says: 'of a teacher', input: () => place(moderator), ...toTeachers },
    { path: 'chat.restore', input: () => place(student), ...toSignedIn },
    { path: 'chat.versions', input: () => place(student), ...toModerators },
    { path: 'chat.read', input: async () => ({ ...(await own()), seq: 1 }), ...toSignedIn },
    { path: 'chat.read', says: 'of somebody else', input: async () => ({ ...(await foreign()), seq: 1 }), ...toTeachers },
    { path: 'chat.typing', input: own, ...toSignedIn },
    { path: 'chat.mine', ...toSignedIn },
    { path: 'chat.unread', ...toSignedIn },
    { path: 'chat.changes', stream: true, input: async () => ({ ...(await own()), after: 0 }), ...toSignedIn },
    {
      path: 'chat.changes',
      says: 'of somebody else',
      stream: true,
      input: async () => ({ ...(await foreign()), after: 0 }),
      ...toTeachers,
    },
    { path: 'chat.signals', stream: true, input: own, ...toSignedIn },
    { path: 'chat.signals', says: 'of teachers', stream: true, input: room, ...toTeachers },
  ];
}

/** The office's side of the chat. Things of an unknown id: what is asked here is who may ask. */
function chatOffice(): Door[] {
  const notThere = (code: string) => ({ ...toModerators, moderator: code });
  const thread = () => ({ threadId: randomUUID() });
  const template = () => ({ id: randomUUID() });
  const text = { title: 'Ход решения', body: 'Пришлите ход решения.' };
  const [noThread, noTemplate] = [notThere('CHAT_NOT_FOUND'), notThere('TEMPLATES_NOT_FOUND')];
  return [
    { path: 'chat.inbox.list', input: () => ({}), ...toModerators },
    { path: 'chat.inbox.counts', ...toModerators },
    { path: 'chat.inbox.thread', input: thread, ...noThread },
    { path: 'chat.inbox.take', input: thread, ...noThread },
    { path: 'chat.inbox.renew', input: thread, ...noThread },
    { path: 'chat.inbox.release', input: thread, ...noThread },
    { path: 'chat.inbox.close', input: () => ({ ...thread(), closed: true }), ...noThread },
    { path: 'chat.inbox.ofStudent', input: () => ({ studentId: student.actor.id }), ...toModerators },
    { path: 'chat.inbox.replyTime', ...toModerators },
    { path: 'chat.rooms.list', ...toModerators },
    { path: 'chat.rooms.create', input: () => ({ title: 'Математика' }), ...toModerators },
    { path: 'chat.rooms.rename', input: () => ({ ...thread(), title: 'Математика' }), ...noThread },
    { path: 'chat.rooms.close', input: () => ({ ...thread(), closed: true }), ...noThread },
    { path: 'chat.templates.list', ...toModerators },
    { path: 'chat.templates.create', input: () => text, ...toModerators },
    { path: 'chat.templates.update', input: () => ({ ...template(), rev: 1, ...text }), ...noTemplate },
    { path: 'chat.templates.remove', input: template, ...noTemplate },
    { path: 'chat.templates.restore', input: template, ...noTemplate },
  ];
}

/** Long answers: a student's own side, and the teachers'. */
function reviewsDoors(): Door[] {
  const task = (topic = 0) => ({ taskId: long.task(topic, 0) });
  const work = (topic = 0) => ({ ...task(topic), clientId: randomUUID(), text: 'Решение', uploadIds: [] });
  const noWork = () => ({ workId: randomUUID() });
  const notTheirs = { guest: session, student: 'REVIEWS_NOT_FOUND', moderator: 'REVIEWS_NOT_FOUND' };
  const notThere = { ...toModerators, moderator: 'REVIEWS_NOT_FOUND' };
  const grading = { scores: {}, comments: [], remark: '' };
  return [
    { path: 'reviews.mine', input: task, ...toSignedIn },
    { path: 'reviews.mine', says: 'in a locked topic', input: () => task(1), ...untilItOpens },
    { path: 'reviews.preview', input: () => ({ text: 'Решение' }), ...toSignedIn },
    { path: 'reviews.handIn', input: work, guest: session, student: 'ok', moderator: forbidden },
    { path: 'reviews.handIn', says: 'in a locked topic', input: () => work(1), ...untilItOpens, moderator: forbidden },
    { path: 'reviews.withdraw', input: noWork, ...notTheirs },
    { path: 'reviews.markSeen', input: noWork, ...notTheirs },
    { path: 'reviews.list', input: () => ({ filter: 'waiting' }), ...toModerators },
    { path: 'reviews.count', ...toModerators },
    { path: 'reviews.open', input: noWork, ...notThere },
    { path: 'reviews.take', input: noWork, ...notThere },
    { path: 'reviews.renew', input: noWork, ...notThere },
    { path: 'reviews.release', input: noWork, ...toModerators },
    { path: 'reviews.saveGrading', input: () => ({ ...noWork(), grading }), ...notThere },
    { path: 'reviews.decide', input: () => ({ ...noWork(), decision: 'return', grading }), ...notThere },
    { path: 'reviews.reopen', input: noWork, ...notThere },
    { path: 'reviews.grantExtra', input: () => ({ personId: other.actor.id, ...task() }), ...toModerators },
    { path: 'reviews.revokeExtra', input: () => ({ personId: other.actor.id, ...task() }), ...toModerators },
  ];
}

/** The programme of the school. Things of an unknown id: what is asked here is who may ask. */
function curriculum(): Door[] {
  const gone = (code: string) => ({ ...toModerators, moderator: code });
  const id = () => randomUUID();
  const course = { title: 'Курс', target: 60, summary: 'Кратко' };
  const subject = { title: 'Предмет', about: 'Экзамен', maxPrimary: 30 };
  const [noSubject, noCourse, noTopic, noTask] = ['SUBJECTS_NOT_FOUND', 'COURSES_NOT_FOUND', 'TOPICS_NOT_FOUND', 'TASKS_NOT_FOUND'].map(
    (code) => gone(code),
  );
  const item = () => ({ id: id() });
  const copy = () => ({ id: id(), newId: id() });
  const place = () => ({ id: id(), beforeId: null });
  const doorsOf: Record<string, [(() => unknown) | undefined, Omit<Door, 'path'> | undefined]> = {
    subjects: [undefined, toModerators],
    schoolFacts: [undefined, toModerators],
    createSubject: [() => ({ id: id(), ...subject }), toModerators],
    updateSubject: [item, noSubject],
    deleteSubject: [item, noSubject],
    restoreSubject: [() => ({ id: id(), ...subject, slug: 'subject', scales: [] }), toModerators],
    list: [undefined, toModerators],
    programme: [() => ({ course: locked.slug }), toModerators],
    createCourse: [() => ({ id: id(), subjectId: id(), ...course }), noSubject],
    updateCourse: [item, noCourse],
    publishCourse: [item, noCourse],
    unpublishCourse: [item, noCourse],
    deleteCourse: [item, noCourse],
    restoreCourse: [item, noCourse],
    moveCourse: [place, noCourse],
    duplicateCourse: [copy, noCourse],
    startNewYear: [() => ({ ...copy(), title: 'Курс', firstOn: '2027-09-02' }), noCourse],
    setPrices: [() => ({ id: id(), once: 199_000, month: 0, currency: 'RUB' }), noCourse],
    createTopic: [() => ({ id: id(), courseId: id(), title: 'Тема' }), noCourse],
    renameTopic: [() => ({ id: id(), title: 'Тема' }), noTopic],
    setTopicOpening: [() => ({ id: id(), on: '2027-09-02', time: '18:00' }), noTopic],
    openTopicNow: [item, noTopic],
    early: [item, noTopic],
    publishTopic: [item, noTopic],
    unpublishTopic: [item, noTopic],
    deleteTopic: [item, noTopic],
    restoreTopic: [item, noTopic],
    moveTopic: [place, noTopic],
    duplicateTopic: [copy, noTopic],
    createTask: [() => ({ id: id(), topicId: id(), title: 'Задание', kind: 'number' }), noTopic],
    renameTask: [() => ({ id: id(), title: 'Задание' }), noTask],
    moveTask: [() => ({ ...place(), topicId: id() }), noTask],
    duplicateTask: [copy, noTask],
    publishTask: [item, noTask],
    unpublishTask: [item, noTask],
    deleteTask: [item, noTask],
    restoreTask: [item, noTask],
  };
  return Object.entries(doorsOf).map(([name, [input, answers = toModerators]]) => ({ path: `courses.office.${name}`, input, ...answers }));
}

/** This school takes no payments: the doors are there, and lead nowhere, whatever is asked. Who may do what where it does: features/payments. */
function payments(): Door[] {
  const [students, moderators] = [
    { guest: session, student: 'PAYMENTS_OFF', moderator: 'PAYMENTS_OFF' },
    { guest: session, student: forbidden, moderator: 'PAYMENTS_OFF' },
  ];
  const ofStudents = ['offer', 'promo', 'checkout', 'order', 'check', 'retry', 'cancelOrder', 'history', 'mine'];
  const ofSubscribers = ['cancelSubscription', 'resumeSubscription', 'payPeriod', 'forgetMethod'];
  const ofMoney = [
    'overview',
    'list',
    'get',
    'check',
    'refund',
    'recordRefund',
    'settleHeld',
    'closeAccess',
    'subscriptions',
    'endSubscription',
  ];
  const ofBooks = ['issues', 'resolveIssue', 'checks', 'runCheck', 'importRegistry', 'stop', 'start'];
  const ofPromo = ['promo.list', 'promo.create', 'promo.update', 'promo.switch'];
  return [
    ...[...ofStudents, ...ofSubscribers].map((name) => ({ path: `payments.${name}`, ...students })),
    ...[...ofMoney, ...ofBooks, ...ofPromo].map((name) => ({ path: `payments.office.${name}`, ...moderators })),
  ];
}

function questionsAndAnswers(): Door[] {
  const visitor = randomUUID();
  const [id, gone] = [() => ({ id: faq.id }), () => ({ id: randomUUID() })];
  const [text, notThere] = [
    { title: 'Когда', body: 'Завтра', published: true },
    { ...toModerators, moderator: 'FAQ_NOT_FOUND' },
  ];
  const article = () => ({ categoryId: faq.categoryId, ...text });
  return [
    { path: 'support.search', input: () => ({ query: 'вопрос' }), ...toAll },
    { path: 'support.article', input: () => ({ slug: faq.slug }), ...toAll },
    { path: 'support.vote', input: () => ({ articleId: faq.id, helped: true, visitor }), ...toAll },
    { path: 'support.votes', input: () => ({ visitor }), ...toAll },
    { path: 'support.office.list', ...toModerators },
    { path: 'support.office.article', input: id, ...toModerators },
    { path: 'support.office.create', input: article, ...toModerators },
    { path: 'support.office.update', input: () => ({ ...gone(), rev: 1, ...article() }), ...notThere },
    { path: 'support.office.move', input: () => ({ ...id(), categoryId: faq.categoryId, beforeId: null }), ...toModerators },
    { path: 'support.office.remove', input: gone, ...notThere },
    { path: 'support.office.restore', input: gone, ...notThere },
    { path: 'support.office.preview', input: () => ({ body: 'Завтра' }), ...toModerators },
    { path: 'support.office.createCategory', input: () => ({ title: 'Учёба' }), ...toModerators },
    { path: 'support.office.renameCategory', input: () => ({ ...gone(), title: 'Учёба' }), ...notThere },
    { path: 'support.office.moveCategory', input: () => ({ id: faq.categoryId, beforeId: null }), ...toModerators },
    { path: 'support.office.removeCategory', input: gone, ...notThere },
  ];
}

function notices(): Door[] {
  const quiet = { fromMin: 1320, toMin: 480 };
  const ofStudents = { guest: session, student: 'ok', moderator: forbidden };
  const token = 'a'.repeat(40);
  return [
    { path: 'notifications.settings', ...toSignedIn },
    { path: 'notifications.setMode', input: () => ({ kind: 'news', channel: 'email', mode: 'daily' }), ...toSignedIn },
    { path: 'notifications.setMode', says: 'of students', input: () => ({ kind: 'week', channel: 'site', mode: 'off' }), ...ofStudents },
    { path: 'notifications.setQuiet', input: () => quiet, ...toSignedIn },
    { path: 'notifications.list', input: () => ({}), ...toSignedIn },
    { path: 'notifications.unseen', ...toSignedIn },
    { path: 'notifications.markSeen', input: () => ({ upTo: '1' }), ...toSignedIn },
    // This school has no bot.
    { path: 'notifications.telegram.start', guest: session, student: 'TELEGRAM_OFF', moderator: 'TELEGRAM_OFF' },
    { path: 'notifications.telegram.unlink', ...toSignedIn },
    { path: 'notifications.unsubscribe.look', input: () => ({ token }), ...toAll },
    { path: 'notifications.unsubscribe.set', input: () => ({ token, off: true }), ...toAll },
    { path: 'notifications.office.overview', ...toModerators },
    { path: 'notifications.office.blocked', input: () => ({}), ...toModerators },
    { path: 'notifications.office.unblock', input: () => ({ email: anEmail() }), ...toModerators },
  ];
}

function announcements(): Door[] {
  const draft = async () => ({ id: (await aDraft(school.app, moderator)).id });
  const began = async () => ({ id: (await aSentPost(school.app, moderator)).id });
  const scheduled = async () => ({
    id: (
      await send(school.app, moderator, await aDraft(school.app, moderator), new Date(school.clock.now().getTime() + 60_000).toISOString())
    ).id,
  });
  const paused = async () => {
    const post = await began();
    await pausePost(school.app, moderator.actor, post.id);
    return post;
  };
  const removed = async () => {
    const post = await draft();
    await removePost(school.app, moderator.actor, post.id);
    return post;
  };
  const { to, channels, ...words } = newsFields();
  const everybody = () => countAudience(school.app, school.app.db, { id: null, to, channels });
  const notThere = { guest: session, student: 'NEWS_NOT_FOUND', moderator: 'NEWS_NOT_FOUND' };
  const tooLate = { ...toModerators, moderator: 'NEWS_STATE' };
  return [
    { path: 'news.feed', input: () => ({}), ...toSignedIn },
    { path: 'news.article', input: began, ...toSignedIn },
    { path: 'news.article', says: 'of a draft', input: draft, ...notThere },
    { path: 'news.office.list', input: () => ({}), ...toModerators },
    { path: 'news.office.get', input: draft, ...toModerators },
    { path: 'news.office.create', input: () => ({ id: randomUUID(), ...newsFields() }), ...toModerators },
    { path: 'news.office.update', input: async () => ({ ...(await draft()), rev: 1, ...newsFields({ title: 'Иначе' }) }), ...toModerators },
    { path: 'news.office.setPictures', input: async () => ({ ...(await draft()), rev: 1, pictures: [] }), ...toModerators },
    { path: 'news.office.setList', input: async () => ({ ...(await draft()), text: student.email }), ...toModerators },
    { path: 'news.office.count', input: () => ({ id: null, to, channels }), ...toModerators },
    { path: 'news.office.preview', input: () => ({ id: null, ...words }), ...toModerators },
    { path: 'news.office.test', input: draft, ...toModerators },
    {
      path: 'news.office.send',
      input: async () => ({ ...(await draft()), rev: 1, at: null, expected: reached(await everybody()) }),
      ...toModerators,
    },
    { path: 'news.office.unschedule', input: scheduled, ...toModerators },
    { path: 'news.office.pause', input: began, ...toModerators },
    { path: 'news.office.pause', says: 'before it has begun', input: draft, ...tooLate },
    { path: 'news.office.resume', input: paused, ...toModerators },
    { path: 'news.office.cancel', input: began, ...toModerators },
    { path: 'news.office.progress', input: began, ...toModerators },
    { path: 'news.office.report', input: async () => ({ ...(await began()), outcome: null, search: '' }), ...toModerators },
    { path: 'news.office.remove', input: draft, ...toModerators },
    { path: 'news.office.restore', input: removed, ...toModerators },
    { path: 'news.office.copy', input: draft, ...toModerators },
  ];
}

/** What moderators do stands in the journal. What does not, and why. */
const unwritten = new Set([
  // They look, and change nothing.
  ...[
    'texts.preview',
    'texts.checkAnswer',
    'texts.likelyAnswers',
    'tasks.clusters.preview',
    'support.office.preview',
    'news.office.preview',
  ],
  // Drafts that nobody else has seen: it is their publication, sending and removal that are written down.
  ...['texts.saveDraft', 'news.office.create', 'news.office.copy', 'news.office.update', 'news.office.setPictures', 'news.office.setList'],
  // Sent to oneself.
  'news.office.test',
  // A lock, gone in minutes.
  'reviews.release',
  // With what is asked above nothing has to be changed, or nothing may.
  ...[
    'courses.media.updateVideo',
    'courses.media.removeVideo',
    'files.setListed',
    'notifications.office.unblock',
    'tasks.clusters.removeReply',
  ],
  ...['texts.publish', 'texts.discardDraft', 'people.moderator.changePassword'],
  // With another password than one's own nothing happens; with the right one auth/second-step has its tests.
  ...['auth.secondStep.begin', 'auth.secondStep.turnOn', 'auth.secondStep.renewCodes', 'auth.secondStep.turnOff'],
]);
const deedsOfModerator = () => school.app.db.auditEntry.count({ where: { actor: moderator.actor.id } });
function isChange(path: string): boolean {
  const procedures: object = appRouter._def.procedures;
  return Object.entries(procedures).some(([name, procedure]) => name === path && procedure._def.type === 'mutation');
}

type Called = (input: unknown) => Promise<unknown>;
const procedureOf = (caller: unknown, path: string) =>
  path.split('.').reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], caller) as Called;

async function knock(browser: Browser, { path, stream }: Door, input: unknown): Promise<string> {
  try {
    if (stream) await beginAndEnd(browser, path, input);
    else await procedureOf(browser.call, path)(input);
    return 'ok';
  } catch (error) {
    return error instanceof TRPCError ? wireError(error, '').code : String(error);
  }
}

/** Ended as soon as it has begun: what it refuses it refuses first, and what it gives it stops to give. */
async function beginAndEnd(browser: Browser, path: string, input: unknown): Promise<void> {
  const end = new AbortController();
  const items = ((await procedureOf(browser.streams(end.signal), path)(input)) as AsyncIterable<unknown>)[Symbol.asyncIterator]();
  const first = items.next();
  end.abort();
  for (let item = await first; !item.done; ) item = await items.next();
}

test('the table names every procedure there is', () => {
  const pathsOf = (streams: boolean) => [...new Set(doors.filter(({ stream = false }) => stream === streams).map(({ path }) => path))];
  expect(pathsOf(false).toSorted()).toEqual(Object.keys(appRouter._def.procedures).toSorted());
  expect(pathsOf(true).toSorted()).toEqual(Object.keys(liveRouter._def.procedures).toSorted());
});

test('questions and changes go over HTTP, streams over the socket', () => {
  const typesOf = (procedures: object) => new Set(Object.values(procedures).map((procedure) => procedure._def.type));
  expect([typesOf(appRouter._def.procedures), typesOf(liveRouter._def.procedures)]).toEqual([
    new Set(['query', 'mutation']),
    new Set(['subscription']),
  ]);
});

describe.each(doors.map((door) => ({ name: [door.path, door.says].filter(Boolean).join(' '), ...door })))('$name', (door) => {
  test.each(roles)('%s', async (role) => {
    const [browser, input] = [await browsers[role](), await door.input?.()];
    const before = await deedsOfModerator();
    expect(await knock(browser, door, input)).toBe(door[role]);
    if (role !== 'moderator' || door[role] !== 'ok' || door.student !== forbidden || !isChange(door.path)) return;
    expect((await deedsOfModerator()) > before).toBe(!unwritten.has(door.path));
  });
});

test('a guest is stopped before anything is said of the input', async () => {
  const guest = await browsers.guest();
  for (const door of doors.filter(({ guest: answer }) => answer === session)) {
    expect(await knock(guest, door, { nonsense: true })).toBe(session);
  }
});
