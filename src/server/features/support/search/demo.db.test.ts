/** What students type, and which of the demo school’s answers they should see. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFaqFolder } from '#prisma/faq-files.ts';
import { faqSearchInput } from '#shared/support.ts';
import { aSchool, type School } from '../../../testing/world.ts';
import { loadFaq } from '../office/load/actions.ts';
import { searchFaq } from './queries.ts';

let school: School;
beforeAll(async () => {
  school = await aSchool();
  const faq = await readFaqFolder(fileURLToPath(new URL('../../../../../prisma/demo/faq', import.meta.url)));
  if (!faq.ok) throw new Error(JSON.stringify(faq.problems));
  await loadFaq(school.app, { kind: 'system' }, faq.categories);
});
afterAll(() => school.close());

const find = async (query: string) => (await searchFaq(school.app, faqSearchInput.parse({ query }))).items;
const slugs = async (query: string) => (await find(query)).map(({ slug }) => slug);

const [documents, original, code, chat, streak] = [
  'dokumenty-dlya-postupleniya',
  'soglasie-i-original',
  'ne-prihodit-kod',
  'chat-s-prepodavatelem',
  'progress-i-seriya',
];

describe('among the first three', () => {
  test.each([
    // Endings and capital letters.
    ['аттестат', original],
    ['АТТЕСТАТА', original],
    ['оригиналы аттестатов', original],
    ['документы', documents],
    ['какие документы нужны для поступления', documents],
    ['Документами для поступления', documents],
    ['минимальных баллов', 'minimalnye-bally'],
    ['первичные баллы', 'pervichnyy-i-testovyy-ball'],
    ['проходной', 'prohodnoy-ball'],
    ['пересдачу', 'peresdacha'],
    ['пересдать егэ', 'peresdacha'],
    ['квота для сирот', 'kvoty-i-osobye-prava'],
    ['целевое', 'celevoe-obuchenie'],
    ['перевестись в другой вуз', 'perevod-v-drugoy-vuz'],
    ['золотая медаль', 'individualnye-dostizheniya'],
    ['калькулятор на экзамене', 'chto-vzyat-s-soboy'],
    ['апелляция', 'apellyaciya'],
    ['серия сбросилась', streak],
    ['стрик', streak],
    ['streak', streak],
    ['код из письма', code],
    ['не приходит код', code],
    ['чат с преподавателем', chat],
    ['нет интернета', 'ekzamen-bez-seti'],
    // The site itself.
    ['удалить аккаунт', 'skachat-i-udalit-dannye'],
    ['сменить почту', 'moi-dannye'],
    ['отписаться от рассылки', 'uvedomleniya'],
    ['телеграм', 'telegram'],
    ['установить приложение', 'na-ekran-telefona'],
    ['читать офлайн', 'bez-interneta'],
    ['сколько времени на пробный экзамен', 'kak-prohodit-probnyy-ekzamen'],
    ['не загрузилось фото', 'foto-na-ekzamene'],
    ['удалить сообщение', 'soobscheniya'],
    ['промокод', 'kak-oplatit'],
    ['списали деньги', 'oplata-ne-proshla'],
    ['отменить подписку', 'podpiska'],
    ['вернуть деньги', 'vozvrat-deneg'],
    ['чек не пришел', 'cheki'],
    // Digits and Latin letters.
    ['60+', 'chto-znachit-60-i-80'],
    ['курсы 60+ и 80+', 'chto-znachit-60-i-80'],
    ['python', 'kompyuternaya-informatika'],
    ['КЕГЭ', 'kompyuternaya-informatika'],
    ['гто', 'individualnye-dostizheniya'],
    ['HEIC', 'razvernutoe-reshenie'],
    ['1 февраля', 'zayavlenie-na-ege'],
    // Cut off while typing, at every letter.
    ['аттес', original],
    ['аттеста', original],
    ['поступлени', documents],
    ['специальнос', 'kakie-predmety-sdavat'],
    ['индивидуа', 'individualnye-dostizheniya'],
    ['апел', 'apellyaciya'],
    ['прогн', 'kak-schitaem-prognoz'],
    ['чат с преп', chat],
    // ё or е.
    ['приём', 'sroki-priyoma'],
    ['прием', 'sroki-priyoma'],
    // Signs around.
    ['«аттестат»?', original],
    ['(аттестат)', original],
    ['аттестат, оригинал!', original],
    // The other keyboard layout.
    ['fnntcnfn', original],
    [',fkks', 'pervichnyy-i-testovyy-ball'],
    ['rjl bp gbcmvf', code],
    ['зньрщт', 'kompyuternaya-informatika'],
    // Slips.
    ['атестат', original],
    ['аттистат', original],
    ['аппеляция', 'apellyaciya'],
    ['апеляция', 'apellyaciya'],
    ['пиресдача', 'peresdacha'],
    ['приоретет', 'prioritety'],
    ['сочинене', 'itogovoe-sochinenie'],
    ['интелект прагноз', 'kak-schitaem-prognoz'],
    ['оригенал аттистата', original],
    ['fntcnfn', original],
    // Two words of which one is in no article.
    ['аттестат бегемота', original],
  ])('%s', async (query, slug) => {
    expect((await slugs(query)).slice(0, 3)).toContain(slug);
  });
});

test('a title that says it comes before an answer that mentions it', async () => {
  expect((await slugs('апелляция'))[0]).toBe('apellyaciya');
  expect((await slugs('прогноз'))[0]).toBe('kak-schitaem-prognoz');
});

test('with all words before with all but one, and nothing with fewer', async () => {
  const found = await slugs('какие документы нужны для поступления');
  expect(found[0]).toBe(documents);
  expect(found.length).toBeLessThan(12);
});

test.each(['бегемот', 'qzx', 'ъъъ', '123456789', 'ывапролд'])('nothing is like %s', async (query) => {
  expect(await find(query)).toEqual([]);
});

test('what has no meaning of its own is looked for as it stands', async () => {
  expect((await find('как')).every(({ matched }) => matched.length > 0)).toBe(true);
  expect((await slugs('как')).length).toBeGreaterThan(5);
});

describe('the words that fit, as they stand', () => {
  const matchedIn = async (query: string, slug: string) => (await find(query)).find((item) => item.slug === slug)?.matched ?? [];

  test.each([
    ['аттестат', original, ['аттестата']],
    ['АТТЕСТАТОМ', original, ['аттестата']],
    ['оригинал', original, ['оригинал', 'оригинала']],
    ['соглас', original, ['Согласие', 'согласие']],
    ['60+', 'chto-znachit-60-i-80', ['60']],
    ['прием', 'sroki-priyoma', ['приём']],
    ['атестат', original, ['аттестата']],
    ['fnntcnfn', original, ['аттестата']],
  ])('%s in %s', async (query, slug, some) => {
    const matched = await matchedIn(query, slug);
    expect(matched).toEqual(expect.arrayContaining(some));
    // Whole words, each once, and none that has nothing to do with it.
    expect(new Set(matched).size).toBe(matched.length);
    expect(matched.filter((word) => !/^(аттестат|оригинал|соглас|60$|при[её]м)/i.test(word))).toEqual([]);
  });
});

test('without a query everything in its order, with its categories, and no words marked', async () => {
  const { categories, items } = await searchFaq(school.app, { query: '' });
  expect(categories.map(({ title }) => title)).toEqual(['Поступление', 'Баллы и специальности', 'Экзамен', 'Платформа', 'Оплата']);
  expect(items.length).toBeGreaterThanOrEqual(24);
  expect(items[0]).toMatchObject({ slug: documents, matched: [] });
  const order = items.map(({ categoryId }) => categories.findIndex(({ id }) => id === categoryId));
  expect(order).toEqual(order.toSorted((a, b) => a - b));
});
