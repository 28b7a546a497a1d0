/** One student, one set of facts: whoever counts them, and whatever moderators do to the tasks, gets the same. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { studentFilterInput } from '#shared/students.ts';
import { aCourse, aNumber, type MadeCourse } from '../../../testing/course.ts';
import { solve } from '../../../testing/solve.ts';
import { aModerator, aSchool, aStudent, type School, type Student } from '../../../testing/world.ts';
import { deleteTask, moveTask, restoreTask, unpublishTask } from '../../courses/office/tasks/actions.ts';
import { deleteTopic, restoreTopic } from '../../courses/office/topics/actions.ts';
import { getCourse } from '../../courses/queries.ts';
import { getHome, getProgress } from '../../progress/queries.ts';
import { listStudents } from './list/queries.ts';
import { listStudentCourses } from './profile/queries.ts';

let school: School;
let course: MadeCourse;
let student: Student;
let moderator: Student;
beforeAll(async () => {
  school = await aSchool();
  course = await aCourse(school.app, {
    topics: [{ tasks: [aNumber('1'), aNumber('2'), aNumber('3')] }, { tasks: [aNumber('4')] }],
  });
  student = await aStudent(school.app);
  moderator = await aModerator(school.app);
  for (const [topic, task, right] of [
    [0, 0, '1'],
    [0, 1, '2'],
    [1, 0, '4'],
  ] as const) {
    await solve(school.app, student.actor, course.task(topic, task), ['9', right]);
  }
});
afterAll(() => school.close());

/** Tasks done and tasks in all, as every place that shows them counts. */
async function countedBy() {
  const { app } = school;
  const [page, home, progress, office, list] = await Promise.all([
    getCourse(app, student.actor, course.slug),
    getHome(app, student.actor),
    getProgress(app, student.actor),
    listStudentCourses(app, moderator.actor, student.actor.id),
    listStudents(app, moderator.actor, studentFilterInput.parse({})),
  ]);
  const sum = (counts: { done: number; total: number }[]) => ({
    done: counts.reduce((total, count) => total + count.done, 0),
    total: counts.reduce((total, count) => total + count.total, 0),
  });
  return {
    page: sum(page.topics.map(({ tasks }) => tasks)),
    home: home.courses[0]?.tasks,
    profile: progress.tasks,
    office: sum(office.flatMap(({ topics }) => topics.map(({ tasks }) => tasks))),
    list: list.rows.find(({ id }) => id === student.actor.id)?.tasks,
  };
}

const all = (done: number, total: number) => {
  const count = { done, total };
  return { page: count, home: count, profile: count, office: count, list: count };
};

test('what students do not see counts nowhere, and what was done is there again when it comes back', async () => {
  const { app } = school;
  const { actor } = moderator;
  const streak = async () => (await getProgress(app, student.actor)).streak;
  const before = await streak();
  expect(before.now).toBe(1);
  expect(await countedBy()).toEqual(all(3, 4));

  await deleteTask(app, actor, { id: course.task(0, 0) });
  expect(await countedBy()).toEqual(all(2, 3));
  await restoreTask(app, actor, { id: course.task(0, 0) });

  await unpublishTask(app, actor, { id: course.task(0, 1) });
  expect(await countedBy()).toEqual(all(2, 3));

  await deleteTopic(app, actor, { id: course.topic(1).id });
  expect(await countedBy()).toEqual(all(1, 2));
  expect(await streak()).toEqual(before);
  await restoreTopic(app, actor, { id: course.topic(1).id });

  await moveTask(app, actor, { id: course.task(0, 0), topicId: course.topic(1).id, beforeId: null });
  expect(await countedBy()).toEqual(all(2, 3));
  expect(await app.db.submission.count({ where: { taskId: course.task(0, 0), personId: student.actor.id } })).toBe(2);
  expect(await streak()).toEqual(before);
});

test('an answer to a task that was just taken away is refused and leaves no trace', async () => {
  const { app } = school;
  const id = course.task(0, 2);
  await deleteTask(app, moderator.actor, { id });
  await expect(solve(app, student.actor, id, ['3'])).rejects.toMatchObject({ code: 'TASKS_NOT_FOUND' });
  expect(await app.db.submission.count({ where: { taskId: id } })).toBe(0);
});
