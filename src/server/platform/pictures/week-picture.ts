import { catalogues } from '#shared/i18n/server.ts';
import { rasterise } from '../pictures.ts';
import { type Pen, takePen } from './drawn-text.ts';

export interface WeekPicture {
  locale: 'ru' | 'en';
  /** What the week is called, and which it is: «Ваша неделя», «16–22 ноября». */
  title: string;
  dates: string;
  /** Monday first. */
  days: readonly WeekDay[];
}

export interface WeekDay {
  /** Short, under the bar. */
  label: string;
  /** Tasks solved that day. */
  solved: number;
  /** Of these, right at the first try. */
  right: number;
}

/** Of the picture, in pixels. Most see it on a phone, four times smaller: hence the large letters. */
export const weekPictureSize = { width: 1200, height: 630 } as const;

const colours = { ink: '#141B19', second: '#5C6461', line: '#D2D7D5', solved: '#BAE6D4', right: '#02664C', paper: '#FFFFFF' };
const side = 64;
const base = 530;
const highest = 190;

/** One picture of a week: a bar a day with its number, the part right at the first try in the darker green. A PNG of some ten kilobytes. */
export async function weekPicture(week: WeekPicture): Promise<Buffer> {
  const pen = await takePen();
  const { width, height } = weekPictureSize;
  const drawn = [head(pen, week), legend(pen, week), ...bars(pen, week)].join('');
  return rasterise(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${colours.paper}"/>${drawn}</svg>`,
  );
}

/** What the picture shows, for those who do not see it. */
export function weekInWords({ locale, title, dates, days }: WeekPicture): string {
  const { weekPicture: words } = catalogues[locale].mail;
  const { solved, right } = sumsOf(days);
  return `${title}, ${dates}. ${words.alt(solved, right)} ${days.map((day) => `${day.label} – ${day.solved}`).join(', ')}.`;
}

function sumsOf(days: readonly WeekDay[]): { solved: number; right: number } {
  return {
    solved: days.reduce((sum, day) => sum + day.solved, 0),
    right: days.reduce((sum, day) => sum + day.right, 0),
  };
}

function head(pen: Pen, { title, dates }: WeekPicture): string {
  return (
    pen.write(title, side, 106, { size: 64, weight: 600, colour: colours.ink, width: 800 }) +
    pen.write(dates, side, 164, { size: 40, weight: 400, colour: colours.second, width: 800 }) +
    wordmark
  );
}

function legend(pen: Pen, { locale, days }: WeekPicture): string {
  const { weekPicture: words } = catalogues[locale].mail;
  const { solved, right } = sumsOf(days);
  const style = { size: 36, weight: 400, colour: colours.ink, width: 460 } as const;
  const first = `${words.solved}: ${grouped(solved, locale)}`;
  const second = `${words.right}: ${grouped(right, locale)}`;
  const secondAt = side + 48 + Math.min(style.width, pen.widthOf(first, style)) + 48;
  const square = (x: number, colour: string) => `<rect x="${x}" y="205" width="30" height="30" rx="5" fill="${colour}"/>`;
  return [
    square(side, colours.solved),
    pen.write(first, side + 48, 232, style),
    square(secondAt, colours.right),
    pen.write(second, secondAt + 48, 232, style),
  ].join('');
}

function bars(pen: Pen, { locale, days }: WeekPicture): string[] {
  const most = Math.max(1, ...days.map(({ solved }) => solved));
  const column = (weekPictureSize.width - 2 * side) / days.length;
  const drawn = days.map(({ label, solved, right }, place) => {
    const middle = side + column * (place + 0.5);
    const height = solved === 0 ? 0 : Math.max(8, (highest * solved) / most);
    const dark = solved === 0 ? 0 : (height * Math.min(right, solved)) / solved;
    const number = {
      size: 36,
      weight: 600,
      colour: solved === 0 ? colours.second : colours.ink,
      anchor: 'middle',
      width: column - 12,
    } as const;
    const name = { size: 44, weight: 400, colour: colours.second, anchor: 'middle', width: column - 12 } as const;
    return [
      bar(middle, column * 0.6, height, colours.solved),
      bar(middle, column * 0.6, dark, colours.right),
      pen.write(grouped(solved, locale), middle, base - height - 12, number),
      pen.write(label, middle, base + 62, name),
    ].join('');
  });
  return [...drawn, `<rect x="${side}" y="${base}" width="${weekPictureSize.width - 2 * side}" height="2" fill="${colours.line}"/>`];
}

function bar(middle: number, width: number, height: number, colour: string): string {
  if (height === 0) return '';
  return `<rect x="${(middle - width / 2).toFixed(1)}" y="${(base - height).toFixed(1)}" width="${width.toFixed(1)}" height="${height.toFixed(1)}" fill="${colour}"/>`;
}

function grouped(value: number, locale: 'ru' | 'en'): string {
  return new Intl.NumberFormat(locale).format(value);
}

/** The school's wordmark (src/client/ui/logo-wordmark.tsx), at the right of the title. */
const wordmark = `<g transform="translate(929 66) scale(1.4)"><path fill="${colours.right}" d="M24.014 4.216A14 14 0 1 0 26.491 7.679L11.9 22.27 4.615 14.985l2.97-2.97L11.9 16.33z"/><g fill="none" stroke="${colours.ink}" stroke-width="3.4"><path d="M31.5 9.7h13.6M38.3 9.7V28M46.6 26.3h.8c2.4 0 3.5-1.5 3.7-5.2l.6-11.4h8.5V28M68.1 8v20M82.1 8v20M68.1 25.4l14-14.8M89.2 8v5.6a5 5 0 0 0 5 5h7.8M102 8v20M109.9 8v20M122.7 8v20M109.9 18h12.8"/><circle cx="137.4" cy="18" r="8.7"/></g></g>`;
