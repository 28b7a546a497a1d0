/** The list of doors: who may call what. Every procedure stands in the table; one that is missing, or gone, fails. */
import { randomUUID } from 'node:crypto';
import { TRPCError } from '@trpc/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addVideo } from '../features/courses/media/actions.ts';
import { appRouter } from '../router.ts';
import { wireError } from '../trpc/init.ts';
import { aBrowser, type Browser } from './browser.ts';
import { aCourse, aNumber, type MadeCourse } from './course.ts';
import { anExam, begin, finish, type MadeExam, type } from './exam.ts';
import { anUpload } from './upload.ts';
import { aLongTask } from './works.ts';
import { aModerator, anEmail, aRegistration, aSchool, aSession, aStudent, type School, type Student } from './world.ts';

let school: School;
let open: MadeCourse;
let locked: MadeCourse;
let long: MadeCourse;
let sat: MadeCourse;
let exam: MadeExam;
let attempt: string;
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
type Door = { path: string; says?: string; input?: () => unknown } & Record<(typeof roles)[number], string>;
const toAll = { guest: 'ok', student: 'ok', moderator: 'ok' };
const toSignedIn = { guest: session, student: 'ok', moderator: 'ok' };
const toModerators = { guest: session, student: forbidden, moderator: 'ok' };
const untilItOpens = { guest: session, student: 'TOPICS_NOT_OPEN', moderator: 'ok' };

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
  ...curriculum(),
  { path: 'dashboard.get', ...toModerators },
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
  { path: 'people.students.list', input: () => ({}), ...toModerators },
  { path: 'people.students.find', input: () => ({ q: 'Соколов' }), ...toModerators },
  { path: 'people.students.courseChoices', ...toModerators },
  { path: 'people.students.get', input: () => ({ personId: student.actor.id }), ...toModerators },
  { path: 'people.students.courses', input: () => ({ personId: student.actor.id }), ...toModerators },
  { path: 'people.students.answers', input: () => ({ personId: student.actor.id }), ...toModerators },
  { path: 'people.students.works', input: () => ({ personId: student.actor.id }), ...toModerators },
  { path: 'people.students.update', input: () => ({ personId: student.actor.id, firstName: 'Анна' }), ...toModerators },
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
    expect(await knock(await browsers[role](), door.path, await door.input?.())).toBe(door[role]);
  });
});

test('a guest is stopped before anything is said of the input', async () => {
  const guest = await browsers.guest();
  for (const door of doors.filter(({ guest: answer }) => answer === session)) {
    expect(await knock(guest, door.path, { nonsense: true })).toBe(session);
  }
});
