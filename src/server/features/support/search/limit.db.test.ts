import { afterAll, beforeAll, expect, test } from 'vitest';
import { aBrowser } from '../../../testing/browser.ts';
import { aSchool, type School } from '../../../testing/world.ts';

let school: School;
beforeAll(async () => {
  school = await aSchool();
});
afterAll(() => school.close());

test('a network that searches without end is told to wait; the list as such, and another network, are not', async () => {
  const guest = aBrowser(school.app, { ip: '10.1.2.3' });
  const searches = Array.from({ length: 602 }, () => guest.call.support.search({ query: '-' }));
  const refused = (await Promise.allSettled(searches)).filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(2);
  await expect(guest.call.support.search({ query: 'вопрос' })).rejects.toMatchObject({ cause: { code: 'AUTH_RATE_LIMITED' } });
  await guest.call.support.search({});
  await aBrowser(school.app, { ip: '10.1.2.4' }).call.support.search({ query: 'вопрос' });
});
