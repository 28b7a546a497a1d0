import sharp from 'sharp';
import { expect, test } from 'vitest';
import { takePen } from './drawn-text.ts';
import { type WeekPicture, weekInWords, weekPicture, weekPictureSize } from './week-picture.ts';

const russian = ['пн', 'вт', 'ср', 'чт', 'пт', 'сб', 'вс'];
const english = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function aWeek(solved: number[], right: number[], changes: Partial<WeekPicture> = {}): WeekPicture {
  const names = changes.locale === 'en' ? english : russian;
  const days = names.map((label, place) => ({ label, solved: solved[place] ?? 0, right: right[place] ?? 0 }));
  return { locale: 'ru', title: 'Ваша неделя', dates: '16–22 ноября', days, ...changes };
}

/** Colours over the middles of the seven columns, from the top of the highest bar to the line they stand on. */
async function columnsOf(picture: Buffer): Promise<string[][]> {
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => `#${data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3).toString('hex')}`;
  return Array.from({ length: 7 }, (_, place) => {
    const x = Math.round(64 + (1072 / 7) * (place + 0.5)) + 40;
    return Array.from({ length: 190 }, (__, y) => at(x, 340 + y));
  });
}

const isNear = (colour: string | undefined, wanted: string) =>
  [1, 3, 5].every(
    (at) => Math.abs(Number.parseInt((colour ?? '#').slice(at, at + 2), 16) - Number.parseInt(wanted.slice(at, at + 2), 16)) < 6,
  );
const share = (column: string[] | undefined, colour: string) => (column ?? []).filter((found) => isNear(found, colour)).length / 190;

test('a bar a day, as high as its number, the dark part as high as what was right at once', async () => {
  const picture = await weekPicture(aWeek([4, 0, 16, 8], [1, 0, 16, 0]));
  const meta = await sharp(picture).metadata();
  expect({ format: meta.format, width: meta.width, height: meta.height }).toEqual({ format: 'png', ...weekPictureSize });
  const columns = await columnsOf(picture);
  const dark = columns.map((column) => share(column, '#02664c'));
  const light = columns.map((column) => share(column, '#bae6d4'));
  expect(dark[0]).toBeCloseTo(1 / 16, 1);
  expect(light[0]).toBeCloseTo(3 / 16, 1);
  expect([dark[1], light[1]]).toEqual([0, 0]);
  expect(dark[2]).toBeGreaterThan(0.98);
  expect(light[3]).toBeCloseTo(0.5, 1);
  expect(dark[3]).toBe(0);
});

test.each([
  ['a usual week', aWeek([3, 0, 12, 7, 1, 0, 5], [2, 0, 8, 7, 0, 0, 1])],
  ['a week of nothing', aWeek([], [])],
  ['long numbers and a long title', aWeek([1234567, 98765, 1, 0, 1e15], [123], { title: 'Ваша неделя перед экзаменом '.repeat(9) })],
  ['English', aWeek([1, 2], [1], { locale: 'en', title: 'Your week', dates: '16–22 November' })],
  ['more right than solved', aWeek([1], [5])],
])('%s is a small picture', async (_, week) => {
  const picture = await weekPicture(week);
  expect(picture.length).toBeLessThan(60_000);
  expect((await sharp(picture).metadata()).width).toBe(weekPictureSize.width);
});

test('the same week is the same picture: no font and no clock of the machine has a say', async () => {
  expect(await weekPicture(aWeek([1, 2, 3], [1]))).toEqual(await weekPicture(aWeek([1, 2, 3], [1])));
});

test('what is too wide is set smaller, and ends with an ellipsis when that is not enough', async () => {
  const pen = await takePen();
  const style = { size: 52, weight: 600, colour: '#141B19', width: 300 } as const;
  const long = 'Ваша неделя перед последним экзаменом';
  const rightEdge = (drawn: string) => Math.max(...(drawn.match(/-?\d+(?:\.\d+)?(?=[ -])/g) ?? []).map(Number));
  expect(pen.widthOf(long, style)).toBeGreaterThan(600);
  expect(rightEdge(pen.write(long, 0, 0, style))).toBeLessThanOrEqual(300);
  const halved = pen.write('Ваша неделя перед по…', 0, 0, { ...style, size: 26, width: undefined });
  expect(pen.write(long, 0, 0, style) === halved).toBe(true);
});

test.each([
  ['Russian', 'Щёлк № 6 – «да»'],
  ['digits between which thin spaces stand', '1\u00a0234\u202f567'],
  ['Kazakh', 'Қазақ тілі'],
  ['Czech', 'Příliš žluťoučký'],
])('has letters for %s', async (_, text) => {
  const pen = await takePen();
  const style = { size: 30, weight: 400 } as const;
  for (const sign of text) expect.soft({ sign, wide: pen.widthOf(sign, style) > 0 || /\s/.test(sign) }).toEqual({ sign, wide: true });
});

test('signs without a letter are left out', async () => {
  const pen = await takePen();
  const style = { size: 30, weight: 400 } as const;
  expect(pen.widthOf('a🎓b', style)).toBeCloseTo(pen.widthOf('ab', style), 0);
});

test.each([
  [
    aWeek([1, 2], [1]),
    'Ваша неделя, 16–22 ноября. Решено 3 задания, с первой попытки 1. По дням: пн – 1, вт – 2, ср – 0, чт – 0, пт – 0, сб – 0, вс – 0.',
  ],
  [
    aWeek([1], [0], { locale: 'en', title: 'Your week', dates: '16–22 November' }),
    'Your week, 16–22 November. 1 task solved, 0 at the first try. By day: Mon – 1, Tue – 0, Wed – 0, Thu – 0, Fri – 0, Sat – 0, Sun – 0.',
  ],
])('is told in words', (week, words) => {
  expect(weekInWords(week).replaceAll('\u00a0', ' ')).toBe(words);
});
