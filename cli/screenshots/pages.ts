/** Which pages there are: the site's own lists of routes, so that no page is forgotten. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../bench/processes.ts';

export type Visitor = 'guest' | 'student' | 'newcomer' | 'sitter' | 'asker' | 'teacher';

export interface Visit {
  /** «student-courses-course-topic» */
  name: string;
  who: Visitor;
  path: string;
}

/** What stands in place of a pattern's parameters, by the pattern where the name alone does not say it. */
const byPattern: Record<string, string> = {
  '/pay/:course': '/pay/{paid}',
  '/payments/:order': '/payments/00000000-0000-4000-8000-000000000000',
  '/news/:post': '/news/{post}',
  '/unsubscribe/:token': '/unsubscribe/not-a-token',
  '/admin/courses/:course': '/admin/courses/{course}',
  '/admin/exams/:id': '/admin/exams/{examId}',
  '/admin/exams/:id/results': '/admin/exams/{examId}/results',
  '/admin/attempts/:id': '/admin/attempts/{attempt}',
  '/admin/tasks/:id/answers': '/admin/tasks/{task}/answers',
  '/admin/tasks/:id': '/admin/tasks/{task}',
  '/admin/theory/:id': '/admin/theory/{theory}',
  '/admin/descriptions/:id': '/admin/descriptions/{description}',
  '/admin/review/:work': '/admin/review/{work}',
  '/admin/inbox/:thread?': '/admin/inbox/{thread}',
  '/admin/rooms/:thread?': '/admin/rooms/{room}',
  '/admin/faq/:id': '/admin/faq/{faq}',
  '/admin/news/:id': '/admin/news/{post}',
  '/admin/news/:id/report': '/admin/news/{post}/report',
  '/admin/payments/:id': '/admin/payments/00000000-0000-4000-8000-000000000000',
  '/admin/students/:id': '/admin/students/{student}',
};

/** For everybody who comes by. */
const open = /^\/(?:courses(?:\/:course)?|support|login|login\/code|register|consent|privacy|unsubscribe\/:token|offline|admin\/login)?$/;
/** What is empty until something was done. */
const emptyAtFirst = /^\/(?:mistakes|news|notifications|profile|profile\/payments|support\/chat)?$/;

export async function listVisits(ids: Record<string, string>): Promise<Visit[]> {
  const visits: Visit[] = [];
  for (const pattern of await patterns()) {
    const path = addressOf(pattern, ids);
    const add = (who: Visitor, at = path) => visits.push({ who, path: at, name: `${who}${at === '/' ? '-home' : nameOf(pattern)}` });
    if (open.test(pattern)) add('guest');
    if (pattern === '/admin/login') continue;
    if (pattern.startsWith('/admin')) add('teacher');
    else if (pattern === '/attempts/:attempt') add('sitter');
    else if (!/^\/(?:login|register)/.test(pattern)) add('student');
    if (emptyAtFirst.test(pattern)) add('newcomer');
  }
  visits.push({ who: 'student', path: `/attempts/${ids.attempt}`, name: 'student-attempt-over' });
  visits.push({ who: 'guest', path: '/no-such-page', name: 'guest-no-such-page' });
  visits.push({ who: 'student', path: '/admin', name: 'student-in-the-office' });
  visits.push({ who: 'teacher', path: `/courses/${ids.course}/${ids.topic}`, name: 'teacher-topic' });
  visits.push({ who: 'teacher', path: '/admin/inbox', name: 'teacher-admin-inbox-closed' });
  visits.push({ who: 'teacher', path: `/admin/inbox/${ids.longThread}`, name: 'teacher-admin-inbox-long-words' });
  return visits;
}

/** Patterns of all routes, in the order of the files. */
async function patterns(): Promise<string[]> {
  const sources = await Promise.all(['routes.tsx', 'office-routes.ts'].map((file) => readFile(join(root, 'src/client', file), 'utf8')));
  const found = sources.flatMap((source) => [...source.matchAll(/(?:path: |^ {2,4}\[?\s*)'(\/[^']*)',/gm)].map(([, path = '']) => path));
  if (found.length < 50)
    throw new Error(`only ${found.length} routes were found: bring cli/screenshots/pages.ts up to the lists of routes`);
  return found;
}

function addressOf(pattern: string, ids: Record<string, string>): string {
  const address = (byPattern[pattern] ?? pattern.replaceAll(/:(\w+)\??/g, '{$1}')).replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const id = name === 'attempt' && pattern === '/attempts/:attempt' ? ids.runningAttempt : ids[name];
    if (!id) throw new Error(`nothing stands for {${name}} of ${pattern}: add it to cli/screenshots/pages.ts or school.ts`);
    return id;
  });
  return address;
}

const nameOf = (pattern: string) => pattern.replaceAll(/[/:?]+/g, '-').replace(/-$/, '');
