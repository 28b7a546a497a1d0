/** Whatever is typed into the search is answered, soon, and finds nothing that it should not. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { faqLimits } from '#shared/support-limits.ts';
import { aBrowser } from '../../../testing/browser.ts';
import { anArticle } from '../../../testing/faq.ts';
import { aSchool, type School } from '../../../testing/world.ts';

let school: School;
beforeAll(async () => {
  school = await aSchool();
  await anArticle(school.app, { title: 'Как подать документы', body: 'Скидка 50% и имя_файла\\путь' });
});
afterAll(() => school.close());

const full = (piece: string) => piece.repeat(faqLimits.query).slice(0, faqLimits.query);

test.each([
  ['emoji', full('😀')],
  ['half of a pair', full('\uD83D')],
  ['letters beyond the first plane', full('𝐀')],
  ['marks on one letter', `а${full('\u0301')}`.slice(0, faqLimits.query)],
  ['turned and invisible', full('\u202E\u200B')],
  ['NUL', full('\0а')],
  ['quotes', full(`'"`)],
  ['backslashes', full('\\')],
  ['patterns', full('%_')],
  ['one pattern', '%'],
  ['queries of text search', full("а:* & !(б | 'в') <-> ")],
  ['weights and prefixes', full('x:*ABCD ')],
  ['statements', `'; DROP TABLE faq_article; --`],
  ['words that are none', full('зщшхъфыв ')],
  ['one word that is none', full('ы')],
  ['slips in every word', full('дукоменты падать ')],
  ['keys of the other layout', full("ljrevtyns ,./;'[] ")],
  ['single letters', full('а б в г д е ')],
])('%s', async (_, query) => {
  const { call } = aBrowser(school.app);
  const startedAt = performance.now();
  const { items } = await call.support.search({ query });
  // Wide: it is about queries that would take seconds.
  expect(performance.now() - startedAt).toBeLessThan(1000);
  expect(items.length).toBeLessThanOrEqual(1);
  for (const { matched } of items) expect(matched.join(' ')).not.toMatch(/[<>%\\]/);
});

test('signs of patterns find no text that holds none of them', async () => {
  const { call } = aBrowser(school.app);
  for (const query of ['%', '_', '%%', '\\', '*', ':*', '.*']) expect((await call.support.search({ query })).items).toEqual([]);
});

test('more than the limit is refused', async () => {
  const query = 'а'.repeat(faqLimits.query + 1);
  await expect(aBrowser(school.app).call.support.search({ query })).rejects.toThrow('too-long');
});
