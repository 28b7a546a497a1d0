/** What nobody means is typed as well. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { faqSearchInput } from '#shared/support.ts';
import { faqLimits } from '#shared/support-limits.ts';
import { aCategory, anArticle } from '../../../testing/faq.ts';
import { aSchool, type School } from '../../../testing/world.ts';
import { payloads } from '../../../testing/xss.ts';
import { searchFaq } from './queries.ts';

let school: School;
beforeAll(async () => {
  school = await aSchool();
});
afterAll(() => school.close());
beforeEach(async () => {
  await school.app.db.faqArticle.deleteMany();
  await school.app.db.faqCategory.deleteMany();
});

const find = async (query: string) => (await searchFaq(school.app, faqSearchInput.parse({ query }))).items;
const titles = async (query: string) => (await find(query)).map(({ title }) => title);

describe('whatever is typed, it is no error', () => {
  beforeEach(async () => {
    await anArticle(school.app, { title: 'Когда приносить аттестат', body: 'Оригинал – летом.' });
  });

  const strange = [
    ...[
      "'",
      "''",
      '"',
      '\\',
      "\\'",
      "'аттестат",
      '"аттестат"',
      ':*',
      '&',
      '|',
      '!',
      '<->',
      '<',
      '>',
      '()',
      '((',
      '))',
      '& | !',
      'а & б',
      '!аттестат',
    ],
    ...[
      'аттестат:*',
      'аттестат:A',
      'аттестат <-> оригинал',
      "'; DROP TABLE faq_article; --",
      '%',
      '_',
      '100%',
      '{}',
      '[',
      ']]',
      '*',
      '+',
      '–',
    ],
    ...[
      '😀',
      '😀'.repeat(100),
      '\u200b',
      '\u202eтатсетта',
      '\ud800',
      'ё',
      'Ё',
      'и',
      'а',
      'აბგ',
      '你好',
      'ﬁ',
      'Ⅻ',
      '²',
      '½',
      '\u0301',
      'й'.normalize('NFD'),
    ],
    ...[
      'а'.repeat(200),
      'а '.repeat(100),
      '1'.repeat(200),
      'аттестат '.repeat(22),
      '🧪a1'.repeat(40),
      '.,;:'.repeat(50),
      `${'x'.repeat(60)}:*`,
    ],
    ...['\0', '\n', 'аттестат\nоригинал', '\tаттестат', '$1', '$$', "E'\\'", '/*', '--'],
  ];
  // Side by side, because each takes several statements.
  const longest = async (queries: string[]) => Math.max(...(await Promise.all(queries.map(find))).map((items) => items.length));
  test('signs, operators and strange letters', async () => {
    expect(await longest(strange)).toBe(1);
  });

  test('what attackers type', async () => {
    expect(await longest(payloads.map((payload) => payload.slice(0, faqLimits.query)))).toBeLessThanOrEqual(1);
  });

  test.each([
    "'аттестат",
    'аттестат:*',
    '!аттестат',
    '(аттестат',
    'аттестат <-> оригинал',
    '\u202dаттестат',
    'аттестат😀',
    'аттестат\u200b',
  ])('the word in %j is found all the same', async (query) => {
    expect(await titles(query)).toEqual(['Когда приносить аттестат']);
  });

  test('longer than it may be is refused by the schema', () => {
    expect(faqSearchInput.safeParse({ query: 'а'.repeat(faqLimits.query + 1) }).success).toBe(false);
  });
});

test('signs beside a word do not hide it, in title, keywords and answer', async () => {
  await anArticle(school.app, {
    title: '«Отлично» – школа',
    keywords: '„аттестат“,СНИЛС;ГТО',
    body: '**Паспорт**/СНИЛС [оригинал](https://gosuslugi.ru/x) 60+',
  });
  for (const query of ['отлично', 'школа', 'аттестат', 'гто', 'паспорт', 'оригиналы', '60', 'gosuslugi'])
    expect(await titles(query), query).toEqual(['«Отлично» – школа']);
});

test('title before keywords before answer', async () => {
  const categoryId = await aCategory(school.app);
  await anArticle(school.app, { categoryId, title: 'Третий', body: 'Мимоза, мимоза и ещё раз мимоза' });
  await anArticle(school.app, { categoryId, title: 'Второй', keywords: 'мимоза', body: 'Ответ' });
  await anArticle(school.app, { categoryId, title: 'Мимозы', body: 'Ответ' });
  expect(await titles('мимоза')).toEqual(['Мимозы', 'Второй', 'Третий']);
});

test('drafts and what was put away are found by nobody, and a category of nothing else is none', async () => {
  const draft = await anArticle(school.app, { title: 'Черновик про мимозу', published: false });
  const gone = await anArticle(school.app, { title: 'Удалено про мимозу' });
  await school.app.db.faqArticle.update({ where: { id: gone.id }, data: { deletedAt: school.clock.now() } });
  for (const query of ['', 'мимоза', 'мимаза', 'имоз']) expect(await find(query), query).toEqual([]);
  expect((await searchFaq(school.app, { query: '' })).categories).toEqual([]);
  await school.app.db.faqArticle.update({ where: { id: draft.id }, data: { publishedAt: school.clock.now() } });
  expect(await titles('мимазу')).toEqual(['Черновик про мимозу']);
});

test('marked words are text, whatever an author wrote', async () => {
  const categoryId = await aCategory(school.app);
  const at = school.clock.now();
  await school.app.db.faqArticle.createMany({
    data: payloads.map((payload, position) => ({
      ...{ categoryId, position, slug: `a-${position}`, updatedAt: at, publishedAt: at },
      ...{ title: `мимоза ${payload}`.slice(0, faqLimits.title), keywords: payload, body: `мимоза ${payload}` },
    })),
  });
  const items = await find('мимоза script alert');
  expect(items.length).toBe(faqLimits.results);
  expect(items.flatMap(({ matched }) => matched).filter((word) => !/^[\p{L}\p{N}]+$/u.test(word))).toEqual([]);
});
