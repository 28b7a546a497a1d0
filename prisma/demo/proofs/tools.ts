// What the proofs of the tasks in informatics share: opening files, enumerating, and tasks of one type.
import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import { parse } from 'yaml';

export type Answer = string | string[] | string[][];

const demo = new URL('../', import.meta.url);

// ---- reading

export function text(path: string): string {
  return readFileSync(new URL(path, demo), 'utf8');
}

/** The statement of a task: no front matter, no hint, no solution. */
export function statement(path: string): string {
  const body = text(path).split(/^---$/m).slice(2).join('---');
  return body.split(/^# /m)[0] ?? '';
}

export function options(path: string): [id: string, text: string][] {
  const front = parse(text(path).split(/^---$/m)[1] ?? '', { schema: 'failsafe' }) as { options: Record<string, string> };
  return Object.entries(front.options);
}

/** Cells of the first Markdown table, without the line of dashes. */
export function table(markdown: string): string[][] {
  const lines = markdown.split('\n');
  const start = lines.findIndex((line) => line.startsWith('|'));
  const length = lines.slice(start).findIndex((line) => !line.startsWith('|'));
  const rows = lines.slice(start, length < 0 ? undefined : start + length).map((line) => line.slice(1, -1).split('|'));
  return rows.filter((_, index) => index !== 1).map((row) => row.map((cell) => cell.replaceAll('**', '').trim()));
}

export function numbers(path: string): number[][] {
  const lines = text(path).trim().split('\n');
  return lines.map((line) =>
    line
      .trim()
      .split(/\s+/)
      .map((part) => Number(part.replace(',', '.'))),
  );
}

/** Lines of whole numbers whose first line is the count of the rest. */
export function counted(path: string): [number, number][] {
  const [head, ...rows] = numbers(path);
  if (head?.[0] !== rows.length) throw new Error(`${path}: the first line is not the count`);
  return rows.map(([a, b]) => [sure(a), sure(b)]);
}

/** One file out of a zip archive, found through the central directory. */
export function unzip(path: string, name: string): string {
  const zip = readFileSync(new URL(path, demo));
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const size = zip.readUInt32LE(at + 20);
    const nameLength = zip.readUInt16LE(at + 28);
    const local = zip.readUInt32LE(at + 42);
    if (zip.toString('utf8', at + 46, at + 46 + nameLength) === name) {
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      const data = zip.subarray(start, start + size);
      return (zip.readUInt16LE(at + 10) === 0 ? data : inflateRawSync(data)).toString('utf8');
    }
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  throw new Error(`${path}: no ${name}`);
}

/** Sheets of an OpenDocument spreadsheet without gaps; a cell is its value as text, a date is year-month-day. */
export function sheets(path: string): Record<string, string[][]> {
  const result: Record<string, string[][]> = {};
  for (const [, name = '', body = ''] of unzip(path, 'content.xml').matchAll(
    /<table:table table:name="([^"]*)".*?>(.*?)<\/table:table>/gs,
  )) {
    const rows: string[][] = [];
    for (const [, attributes = '', cells = ''] of body.matchAll(/<table:table-row([^>]*)>(.*?)<\/table:table-row>/gs)) {
      const row: string[] = [];
      for (const [, head = '', inner = ''] of cells.matchAll(/<table:table-cell([^>]*?)(?:\/>|>(.*?)<\/table:table-cell>)/gs)) {
        const value = /office:(?:date-)?value="([^"]*)"/.exec(head)?.[1] ?? inner.replace(/<[^>]*>/g, '');
        if (value !== '') for (let n = repeats(head); n > 0; n -= 1) row.push(value);
      }
      if (row.length > 0) for (let n = repeats(attributes); n > 0; n -= 1) rows.push(row);
    }
    result[name] = rows;
  }
  return result;
}

function repeats(attributes: string): number {
  return Number(/repeated="(\d+)"/.exec(attributes)?.[1] ?? 1);
}

/** Vertices and lines of a graph drawn as an SVG: a line joins the circles nearest to its ends. */
export function drawn(path: string): [from: string, to: string][] {
  const svg = text(path);
  const at = (tag: string, name: string) => Number(new RegExp(` ${name}="([\\d.]+)"`).exec(tag)?.[1]);
  const nodes = [...svg.matchAll(/(<circle[^>]*>)\s*<text[^>]*>([^<]*)</g)].map(([, tag = '', label = '']) => ({
    label,
    x: at(tag, 'cx'),
    y: at(tag, 'cy'),
  }));
  const nearest = (x: number, y: number) => least(nodes, (node) => Math.hypot(node.x - x, node.y - y)).label;
  return (svg.match(/<line[^>]*>/g) ?? []).map((tag) => [nearest(at(tag, 'x1'), at(tag, 'y1')), nearest(at(tag, 'x2'), at(tag, 'y2'))]);
}

// ---- small helpers

export function sure<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a value is missing');
  return value;
}

/** The single item of a list. */
export function only<T>(items: Iterable<T>): T {
  const list = [...items];
  if (list.length !== 1) throw new Error(`one item expected, got ${list.length}`);
  return sure(list[0]);
}

export function least<T>(items: readonly T[], size: (item: T) => number): T {
  const sized = items.map((item) => ({ item, size: size(item) }));
  return sure(sized.sort((a, b) => a.size - b.size)[0]).item;
}

export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** All ordered tuples; the first items vary slowest, so words come in alphabetical order. */
export function tuples<T>(items: readonly T[], length: number): T[][] {
  if (length === 0) return [[]];
  return tuples(items, length - 1).flatMap((head) => items.map((item) => [...head, item]));
}

export function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}

export function digits(value: bigint, base: bigint): bigint[] {
  return value === 0n ? [] : [...digits(value / base, base), value % base];
}

export const bits = [false, true];
export const implies = (a: boolean, b: boolean) => !a || b;
export const row = (...values: (number | bigint)[]): string[] => values.map(String);

// ---- types of tasks that come more than once

/** A table of distances as `ab` to length, with the labels of its rows. */
export function distances(path: string): { labels: string[]; length: Map<string, number> } {
  const [head = [], ...rows] = table(statement(path));
  const labels = head.slice(1);
  const length = new Map<string, number>();
  rows.forEach((cells, i) => {
    cells.slice(1).forEach((cell, j) => {
      if (cell !== '') length.set(`${labels[i]} ${labels[j]}`, Number(cell));
    });
  });
  for (const [pair, value] of length) {
    if (length.get(pair.split(' ').reverse().join(' ')) !== value) throw new Error(`${path}: the table is not symmetrical`);
  }
  return { labels, length };
}

/** Names of the columns of the fragment in the statement, by the rows of x, y, z, w that it can be made of. */
export function columnOrder(path: string, rows: boolean[][]): string {
  const names = ['x', 'y', 'z', 'w'];
  const fragment = table(statement(path)).slice(1);
  const fits = (order: string[], chosen: boolean[][]) =>
    fragment.every((cells, i) =>
      order.every((name, j) => cells[j] === '' || cells[j] === String(Number(sure(chosen[i])[names.indexOf(name)]))),
    );
  const orders = permutations(names).filter((order) => permutations(rows).some((chosen) => fits(order, chosen)));
  return only(orders).join('');
}

/** Runs the program of the statement; each pen-down piece is a list of points, the corners of a rectangle. */
export function turtleShapes(path: string): number[][][] {
  const code = sure(/```\n([\s\S]*?)```/.exec(statement(path))?.[1]);
  const flat = code.replace(/Повтори (\d+) \[([^\]]*)\]/g, (_all: string, times: string, body: string) => `${body} `.repeat(Number(times)));
  let [x, y, dx, dy] = [0, 0, 0, 1];
  let pen = true;
  const shapes = [[[x, y]]];
  for (const [, name = '', count = ''] of flat.matchAll(/(Вперёд|Назад|Направо|Налево|Поднять|Опустить) (\S+)/g)) {
    if (name === 'Направо') [dx, dy] = [dy, -dx];
    if (name === 'Налево') [dx, dy] = [-dy, dx];
    if (name === 'Поднять') pen = false;
    if (name === 'Опустить') pen = shapes.push([[x, y]]) > 0;
    if (name !== 'Вперёд' && name !== 'Назад') continue;
    const steps = name === 'Назад' ? -Number(count) : Number(count);
    [x, y] = [x + dx * steps, y + dy * steps];
    if (pen) shapes.at(-1)?.push([x, y]);
  }
  return shapes;
}

export function insideBox(shape: number[][], a: number, b: number): boolean {
  const xs = shape.map(([p]) => sure(p));
  const ys = shape.map(([, q]) => sure(q));
  return a >= Math.min(...xs) && a <= Math.max(...xs) && b >= Math.min(...ys) && b <= Math.max(...ys);
}

export type Star = readonly [x: number, y: number];
export const apart = (a: Star, b: Star) => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** Groups joined by steps shorter than 1, checked to lie more than 3 apart, each with its medoid. */
export function clusters(path: string, count: number): { group: Star[]; centre: Star }[] {
  let rest: Star[] = numbers(path).map(([x, y]) => [sure(x), sure(y)]);
  const groups: Star[][] = [];
  for (let first = rest[0]; first !== undefined; first = rest[0]) {
    const group = [first];
    rest = rest.slice(1);
    for (const star of group) {
      group.push(...rest.filter((other) => apart(star, other) < 1));
      rest = rest.filter((other) => apart(star, other) >= 1);
    }
    if (rest.some((other) => group.some((star) => apart(star, other) <= 3))) throw new Error(`${path}: clusters are too close`);
    groups.push(group);
  }
  if (groups.length !== count) throw new Error(`${path}: ${groups.length} clusters`);
  return groups.map((group) => ({ group, centre: least(group, (star) => sum(group.map((other) => apart(star, other)))) }));
}
