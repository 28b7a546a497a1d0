import { randomUUID } from 'node:crypto';
import { addToTopic } from '../features/files/office/actions.ts';
import { writeRegistry } from '../features/registry/file.ts';
import { handIn } from '../features/reviews/actions.ts';
import { aMessage, anOpenChat } from './chat.ts';
import { aNumber } from './course.ts';
import { anExam, begin, finish, type } from './exam.ts';
import { aDraft, aSentPost, send } from './news.ts';
import { aPaidCourse, type PayingSchool } from './payments.ts';
import { solve } from './solve.ts';
import { aSubscription, type MadeSubscription } from './subscriptions.ts';
import { anUpload } from './upload.ts';
import { aLongTask } from './works.ts';
import { aModerator, aStudent, type Student } from './world.ts';

/** What breaks a copy of rows that is made by hand: ends of lines, tabs, backslashes, quotes, what looks like NULL and like the end of the data. */
export const awkwardText = 'строка\r\nвторая\tтаб \\N \\. \\\\ "кавычки" \'и\' {},\n\\.\n🙂 \u2028';

export interface FullSchool {
  student: Student;
  moderator: Student;
  subscription: MadeSubscription;
  threadId: string;
  /** An upload that has not arrived. */
  receiving: string;
}

/** Something of everything: a course with files, answers, an exam, a work, payments, chat, announcements, jobs that wait. Built the way people do. */
export async function fillSchool(school: PayingSchool): Promise<FullSchool> {
  const { app } = school;
  const moderator = await aModerator(app);
  const student = await aStudent(app, { firstName: 'Аня «Ё»', phone: '+79161234567' });
  const body = 'f'.repeat(70_000);
  const course = await aPaidCourse(app, {
    topics: [
      {
        theory: awkwardText,
        tasks: [aNumber(), aLongTask()],
        files: [{ name: 'граф.svg', mime: 'image/svg+xml', body }],
        videos: ['https://example.ru/v'],
      },
    ],
  });
  const subscription = await aSubscription(school, { student, course });
  const topicId = course.topic(0).id;
  await addToTopic(app, moderator.actor, {
    uploadId: await anUpload(app, moderator, { subjectId: topicId, name: 'план.txt', body: 'b'.repeat(9000) }),
    topicId,
  });
  await solve(app, student.actor, course.task(0, 0), ['1', '12,5']);
  const photo = await anUpload(app, student, {
    purpose: 'work',
    subjectId: course.task(0, 1),
    name: 'тетрадь.jpg',
    mime: 'image/jpeg',
    body: 'jpeg',
  });
  await handIn(app, student.actor, { taskId: course.task(0, 1), clientId: randomUUID(), text: awkwardText, uploadIds: [photo] });
  const exam = await anExam(app, course, { tasks: [course.task(0, 0)] });
  const { id: attemptId } = await begin(app, student.actor, exam);
  await type(app, student.actor, attemptId, { [course.task(0, 0)]: '7' });
  await finish(app, student.actor, attemptId);
  const threadId = await anOpenChat(app, student);
  await aMessage(app, student.actor, threadId, { body: awkwardText });
  await aMessage(app, moderator.actor, threadId);
  await aSentPost(app, moderator, { body: awkwardText });
  await send(
    app,
    moderator,
    await aDraft(app, moderator, { title: 'Позже' }),
    new Date(app.clock.now().getTime() + 3_600_000).toISOString(),
  );
  const receiving = await anUpload(app, student, { purpose: 'chat', subjectId: threadId, state: 'receiving' });
  await writeRegistry(app);
  return { student, moderator, subscription, threadId, receiving };
}
