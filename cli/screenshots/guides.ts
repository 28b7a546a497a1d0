/** The pictures that the guides show. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { beginRefund, openTalk, sellCourse, tryTask, writeLetter } from './hands.ts';
import type { Visitor } from './pages.ts';
import type { DemoSchool } from './school.ts';
import { aContext, settle } from './walk.ts';

interface Picture {
  name: string;
  who: Visitor;
  path: (ids: Record<string, string>) => string;
  phone?: boolean;
  /** Instead of the usual one. */
  height?: number;
  /** What the picture is about, where it comes late or lies below: it is waited for and scrolled to. */
  see?: string;
  /** What is done on the page before. */
  act?: (page: Page) => Promise<void>;
}

const pictures: Picture[] = [
  { name: 'home', who: 'guest', path: () => '/', height: 1000, act: tryTask },
  { name: 'home-guest', who: 'guest', path: () => '/' },
  { name: 'home-student', who: 'student', path: () => '/' },
  { name: 'home-student-phone', who: 'student', path: () => '/', phone: true },
  { name: 'course', who: 'student', path: ({ course }) => `/courses/${course}` },
  { name: 'topic', who: 'student', path: ({ course, topic }) => `/courses/${course}/${topic}` },
  { name: 'topic-phone', who: 'student', path: ({ course, topic }) => `/courses/${course}/${topic}`, phone: true },
  { name: 'chat', who: 'asker', path: ({ course, topic, asked }) => `/courses/${course}/${topic}#${asked}`, height: 1000, act: openTalk },
  { name: 'mistakes', who: 'student', path: () => '/mistakes' },
  { name: 'statistics', who: 'student', path: () => '/profile' },
  { name: 'exam-rules', who: 'student', path: ({ course, exam }) => `/courses/${course}/exams/${exam}` },
  { name: 'exam', who: 'sitter', path: ({ runningAttempt }) => `/attempts/${runningAttempt}` },
  { name: 'exam-result', who: 'student', path: ({ attempt }) => `/attempts/${attempt}` },
  { name: 'support', who: 'student', path: () => '/support' },
  { name: 'chat-phone', who: 'student', path: () => '/support/chat', phone: true },
  { name: 'checkout', who: 'student', path: ({ paid }) => `/pay/${paid}` },
  { name: 'notifications', who: 'student', path: () => '/profile/notifications' },
  { name: 'office', who: 'teacher', path: () => '/admin' },
  { name: 'office-courses', who: 'teacher', path: () => '/admin/courses' },
  { name: 'office-course', who: 'teacher', path: ({ course }) => `/admin/courses/${course}` },
  { name: 'office-task', who: 'teacher', path: ({ task }) => `/admin/tasks/${task}` },
  { name: 'office-theory', who: 'teacher', path: ({ theory }) => `/admin/theory/${theory}` },
  { name: 'office-inbox', who: 'teacher', path: ({ taskThread }) => `/admin/inbox/${taskThread}`, see: '[role=log] li' },
  { name: 'office-review', who: 'teacher', path: ({ work }) => `/admin/review/${work}` },
  { name: 'office-exam', who: 'teacher', path: ({ examId }) => `/admin/exams/${examId}` },
  { name: 'office-results', who: 'teacher', path: ({ examId }) => `/admin/exams/${examId}/results` },
  { name: 'office-students', who: 'teacher', path: () => '/admin/students' },
  { name: 'office-student', who: 'teacher', path: ({ student }) => `/admin/students/${student}` },
  { name: 'office-group', who: 'teacher', path: ({ course }) => `/admin/courses/${course}/statistics` },
  { name: 'office-files', who: 'teacher', path: () => '/admin/files' },
  { name: 'office-health', who: 'teacher', path: () => '/admin/health' },
  { name: 'office-news', who: 'teacher', path: () => '/admin/news', act: writeLetter },
  { name: 'profile-office', who: 'teacher', path: () => '/profile', see: '#profile-second-step ~ *' },
];

/** Once a course was sold, which other pages would tell too. */
const afterSales: Picture[] = [
  { name: 'office-payments', who: 'teacher', path: () => '/admin/payments' },
  { name: 'office-refund', who: 'teacher', path: () => '/admin/payments', act: beginRefund },
];

/** Gives the files that were written. What is at a path is known by the school's ids, or the picture cannot be taken. */
export async function makeGuidePictures(browser: Browser, school: DemoSchool, folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const made: string[] = [];
  for (const picture of pictures) made.push(await take(browser, school, folder, picture));
  await sellCourse(browser, school);
  for (const picture of afterSales) made.push(await take(browser, school, folder, picture));
  return made;
}

async function take(
  browser: Browser,
  school: DemoSchool,
  folder: string,
  { name, who, path, phone = false, height, see, act }: Picture,
): Promise<string> {
  const address = path(school.ids);
  if (address.includes('undefined')) throw new Error(`the demo school has nothing to show for «${name}» (${address})`);
  const context = await aContext(browser, school, who, 'ru', phone);
  const page = await context.newPage();
  if (height !== undefined) await page.setViewportSize({ width: 1280, height });
  await page.goto(address);
  await settle(page);
  await act?.(page);
  if (see !== undefined) await page.locator(see).last().scrollIntoViewIfNeeded();
  const file = join(folder, `${name}.png`);
  await page.screenshot({ path: file, animations: 'disabled' });
  await context.close();
  return file;
}
