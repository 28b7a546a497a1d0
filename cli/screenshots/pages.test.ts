import { expect, test } from 'vitest';
import { listVisits } from './pages.ts';

const names = [
  'course topic exam examId attempt runningAttempt task theory description work thread longThread taskThread room faq post student paid',
].flatMap((list) => list.split(' '));
const ids = Object.fromEntries(names.map((name) => [name, `a-${name}`]));

test('every page of the site is visited, by an address without holes', async () => {
  const visits = await listVisits(ids);
  expect(visits.length).toBeGreaterThan(80);
  for (const { path } of visits) expect(path).not.toMatch(/[:{}?]|undefined/);
  expect(visits).toContainEqual({ who: 'student', path: '/courses/a-course/a-topic', name: 'student-courses-course-topic' });
  expect(visits).toContainEqual({ who: 'guest', path: '/', name: 'guest-home' });
  expect(visits).toContainEqual({ who: 'teacher', path: '/admin/inbox/a-thread', name: 'teacher-admin-inbox-thread' });
});

test('a page for which the demo school has nothing to show is named', async () => {
  const { faq: _, ...others } = ids;
  await expect(listVisits(others)).rejects.toThrow('nothing stands for {faq} of /admin/faq/:id');
});
