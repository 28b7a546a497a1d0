// Recomputes the key of every demo task in informatics from its statement, picture and data files.
// Nothing here reads a key: tables are enumerated, programs simulated, files opened and searched.
import { bankProofs } from './exam-bank.ts';
import {
  type Answer,
  bits,
  clusters,
  columnOrder,
  counted,
  digits,
  distances,
  drawn,
  implies,
  insideBox,
  numbers,
  only,
  options,
  permutations,
  range,
  row,
  sheets,
  statement,
  sum,
  sure,
  table,
  text,
  tuples,
  turtleShapes,
  unzip,
} from './tools.ts';

/** Tasks that no program can check, each with the reason. */
export const unprovable: Record<string, string> = {};

// ---- informatics 60+

function truthColumns(): string {
  const rows = tuples(bits, 4).filter(([x, y, z, w]) => (x || y) && y !== z && !w);
  return columnOrder('informatics-60/01-logic/01-truth-table.task.md', rows);
}

function equalFormulas(): string[] {
  const formulas: Record<string, (a: boolean, b: boolean, c: boolean) => boolean> = {
    a: (a, b, c) => implies(a, c) && implies(b, c),
    b: (a, b, c) => implies(a, c) || implies(b, c),
    c: (a, b, c) => (!a && !b) || c,
    d: (a, b, c) => implies(!c, !a && !b),
    e: (a, b, c) => implies(!c, !a || !b),
  };
  const same = (f: (a: boolean, b: boolean, c: boolean) => boolean) =>
    bits.every((a) => bits.every((b) => bits.every((c) => f(a, b, c) === implies(a || b, c))));
  return Object.keys(formulas).filter((id) => same(sure(formulas[id])));
}

function largestA(): string {
  const holds = (a: number) => range(0, 120).every((x) => range(0, 120).every((y) => x + 3 * y !== 70 || a < x || a < y));
  return String(Math.max(...range(0, 120).filter(holds)));
}

function roadNumbers(): string {
  const { labels, length } = distances('informatics-60/02-graphs-codes/01-roads-table.task.md');
  const edges = drawn('informatics-60/02-graphs-codes/files/roads.svg');
  const letters = [...new Set(edges.flat())].sort();
  if (length.size !== edges.length * 2) throw new Error('the table and the picture differ');
  const answers = permutations(labels)
    .map((names) => new Map(letters.map((letter, index) => [letter, sure(names[index])])))
    .filter((name) => edges.every(([a, b]) => length.has(`${name.get(a)} ${name.get(b)}`)))
    .map((name) => [sure(name.get('В')), sure(name.get('Ж'))].map((label) => label.replace('П', '')).sort());
  return only(new Set(answers.map((pair) => pair.join(''))));
}

function shortestRoad(): string {
  const { labels, length } = distances('informatics-60/02-graphs-codes/02-shortest-road.task.md');
  const walks = (path: string[]): number[] => {
    const last = sure(path.at(-1));
    if (last === 'F') return [0];
    const next = labels.filter((label) => !path.includes(label) && length.has(`${last} ${label}`));
    return next.flatMap((label) => walks([...path, label]).map((rest) => rest + sure(length.get(`${last} ${label}`))));
  };
  return String(Math.min(...walks(['A'])));
}

function fanoCode(): string[] {
  const [, codes = []] = table(statement('informatics-60/02-graphs-codes/03-fano-code.task.md'));
  const free = (word: string, taken: string[]) => taken.every((code) => !code.startsWith(word) && !word.startsWith(code));
  const words = range(1, 6).flatMap((length) => tuples(['0', '1'], length).map((word) => word.join('')));
  const found = words.find((word) => free(word, codes) && words.some((other) => free(other, [...codes, word])));
  return [sure(found)];
}

function pathsThrough(): string {
  const edges = drawn('informatics-60/02-graphs-codes/files/paths.svg');
  const walks = (from: string): string[] =>
    from === 'К' ? ['К'] : edges.filter(([a]) => a === from).flatMap(([, to]) => walks(to).map((rest) => from + rest));
  return String(walks('А').filter((walk) => walk.includes('Е')).length);
}

function hexSum(): string[] {
  const value = (0xa7 + 0b10110 + 0o135).toString(16).toUpperCase();
  return [value, value.replaceAll('A', '\u0410')]; // the Cyrillic letter of the same look is accepted too
}

function binaryTail(): string {
  const result = (n: number) => {
    const word = n.toString(2);
    const even = word.replaceAll('0', '').length % 2 === 0;
    return Number.parseInt(even ? `${word}10` : `1${word}01`, 2);
  };
  if (result(5) !== 22 || result(4) !== 49) throw new Error('the examples of the statement fail');
  return String(sure(range(1, 1000).find((n) => result(n) > 400)));
}

function countFours(): string {
  const value = 4n * 625n ** 12n + 2n * 125n ** 15n - 3n * 25n ** 9n + 17n;
  return String(digits(value, 5n).filter((digit) => digit === 4n).length);
}

/** Moves the formula of the statement from one cell to the other and finds it among the options. */
function copiedFormula(): string {
  const path = 'informatics-60/04-tables-text/01-copy-formula.task.md';
  const [from = '', to = ''] = [...statement(path).matchAll(/`([A-Z]\d)`/g)].map(([, cell = '']) => cell);
  const column = to.charCodeAt(0) - from.charCodeAt(0);
  const shift = Number(to.slice(1)) - Number(from.slice(1));
  const formula = sure(/```\n(.*)\n```/.exec(statement(path))?.[1]);
  const moved = formula.replace(/(\$?)([A-Z])(\$?)(\d+)/g, (_all: string, fixed: string, letter: string, held: string, line: string) => {
    const newLetter = fixed ? letter : String.fromCharCode(letter.charCodeAt(0) + column);
    return `${fixed}${newLetter}${held}${held ? line : Number(line) + shift}`;
  });
  return only(options(path).filter(([, option]) => option === `\`${moved}\``))[0];
}

function rowsWithOnePair(): string {
  const rows = Object.values(sheets('informatics-60/04-tables-text/files/9.ods'))[0] ?? [];
  const good = rows.filter((cells) => {
    const values = cells.map(Number);
    const times = Map.groupBy(values, (value) => value);
    const pairs = [...times.values()].filter((group) => group.length === 2);
    if (values.length !== 6 || times.size !== 5 || pairs.length !== 1) return false;
    const twice = sure(pairs[0]?.[0]);
    return sum(values) - 2 * twice <= 4 * twice;
  });
  return String(good.length);
}

function rentalCost(): string {
  const { Прокат: loans = [], Инвентарь: items = [], Пункты: points = [] } = sheets('informatics-60/04-tables-text/files/3.ods');
  const places = new Set(points.filter(([, district]) => district === 'Заречный').map(([id]) => id));
  const bicycles = items.filter(([, category]) => category === 'Велосипеды');
  const prices = new Map(bicycles.map(([id, , , price]) => [id, Number(price)]));
  const costs = loans.slice(1).map(([, date = '', place, item, pieces, days]) => {
    const chosen = date >= '2026-06-08' && date <= '2026-06-14' && places.has(place);
    return chosen ? Number(pieces) * Number(days) * (prices.get(item) ?? 0) : 0;
  });
  return String(sum(costs));
}

function wordSearch(): string {
  const story = unzip('informatics-60/04-tables-text/files/10.odt', 'content.xml').replace(/<[^>]*>/g, ' ');
  return String((story.match(/\p{L}+/gu) ?? []).filter((word) => word === 'свет' || word === 'Свет').length);
}

function turtlePoints(): string {
  const shapes = turtleShapes('informatics-60/05-executors/01-turtle.task.md');
  const grid = range(-50, 50);
  return String(sum(grid.map((a) => grid.filter((b) => shapes.some((shape) => insideBox(shape, a, b))).length)));
}

function tapeOnes(): string {
  const rules = new Map<string, string[]>();
  const [head = [], ...rows] = table(statement('informatics-60/05-executors/02-tape.task.md'));
  for (const [state = '', ...cells] of rows) {
    cells.forEach((cell, index) => {
      if (cell !== 'стоп') rules.set(`${state} ${head[index + 1]}`, cell.split(', '));
    });
  }
  const tape = new Map([...'1'.repeat(70), ...'0'.repeat(45)].entries());
  let [at, state] = [114, '$q_0$'];
  for (;;) {
    const rule = rules.get(`${state} ${tape.get(at) ?? '$\\lambda$'}`);
    if (rule === undefined) break;
    const [symbol = '', move = '', next = ''] = rule;
    tape.set(at, symbol);
    at += { L: -1, R: 1, N: 0 }[move] ?? Number.NaN;
    state = next;
  }
  return String([...tape.values()].filter((symbol) => symbol === '1').length);
}

function calculatorProgram(): string {
  const run = (program: string[], from: number) => program.reduce((x, command) => (command === '1' ? x + 5 : x * 2), from);
  if (run(['2', '1', '2'], 1) !== 14) throw new Error('the example of the statement fails');
  return only(tuples(['1', '2'], 6).filter((program) => run(program, 2) === 71)).join('');
}

function cameraShots(): string {
  const packed = (1280 * 960 * Math.log2(4096) * 80) / 100;
  return String(Math.floor((60 * 4_915_200) / packed));
}

function alphabetPower(): string {
  const bytes = (power: number) => Math.ceil((21 * Math.ceil(Math.log2(power))) / 8);
  return String(Math.max(...range(2, 5000).filter((power) => bytes(power) * 6000 <= 120 * 1024)));
}

function firstWord(): string {
  const words = tuples(['А', 'Г', 'К', 'О', 'Т'], 5);
  const good = (word: string[]) =>
    word[0] === 'Т' && word.filter((letter) => letter === 'К').length === 2 && word.every((letter, i) => letter !== word[i + 1]);
  return String(words.findIndex(good) + 1);
}

function sequencePairs(): string[][] {
  const values = numbers('informatics-60/08-sequence-file/files/17.txt').map(([value]) => sure(value));
  const limit = Math.max(...values.filter((value) => /^-?\d{3}$/.test(String(value)) && value % 13 === 0));
  const pairs = values.slice(1).map((value, index) => [sure(values[index]), value]);
  const sums = pairs.filter((pair) => pair.filter((value) => value % 7 === 0).length === 1 && sum(pair) < limit).map(sum);
  if (values.length !== 6000) throw new Error('6000 numbers are promised');
  return [row(sums.length, Math.max(...sums))];
}

// ---- informatics 80+

function maskNumbers(): string[][] {
  const found = range(1, Math.floor(1e8 / 2027)).filter((times) => /^1\d5\d*27\d$/.test(String(times * 2027)));
  return found.map((times) => row(times * 2027, times));
}

function twoLargest(): string[][] {
  const found: string[][] = [];
  for (let n = 700_001; found.length < 5; n += 1) {
    // the largest proper divisors are n over the smallest ones
    const small: number[] = [];
    for (let d = 2; small.length < 2 && d * d <= n; d += 1) if (n % d === 0) small.push(d);
    // with one of them up to the root, the next is what it is multiplied by
    if (small.length === 1 && sure(small[0]) ** 2 < n) small.push(n / sure(small[0]));
    const m = small.length < 2 ? 0 : sum(small.map((d) => n / d));
    if (m % 1000 === 27) found.push(row(n, m));
  }
  return found;
}

/** A claim stays if no number up to the bound contradicts it; the false one has a counterexample at 8. */
function divisorFacts(): string[] {
  const bound = 2000;
  const divisors = new Map(range(2, bound).map((n) => [n, range(1, n).filter((d) => n % d === 0)]));
  const prime = (n: number) => divisors.get(n)?.length === 2;
  const claims: Record<string, (n: number, list: number[]) => boolean> = {
    a: (n, list) => !Number.isInteger(Math.sqrt(n)) || list.length % 2 === 1,
    b: (n, list) => list.length !== 3 || prime(Math.sqrt(n)),
    c: (_, list) => list.length !== 4 || (list.slice(1, 3).every(prime) && list[1] !== list[2]),
    d: (_, list) => prime(sure(list[1])),
    e: (n, list) => prime(n) || sure(list[1]) <= Math.sqrt(n),
  };
  return Object.keys(claims).filter((id) => [...divisors].every(([n, list]) => sure(claims[id])(n, list)));
}

/** The two heaps of tasks 19 to 21. */
const over = ([a, b]: readonly [number, number]) => a + b >= 73;
const moves = ([a, b]: readonly [number, number]): [number, number][] => [
  [a + 1, b],
  [a, b + 1],
  [a * 2, b],
  [a, b * 2],
];
const starts = range(1, 66);

/** Whether the player to move wins with at most n own moves, whatever the other does. */
function wins(heaps: readonly [number, number], n: number): boolean {
  return moves(heaps).some((next) => over(next) || (n > 1 && loses(next, n - 1)));
}

/** Whether the player to move loses to an opponent who needs at most n own moves. */
function loses(heaps: readonly [number, number], n: number): boolean {
  return moves(heaps).every((next) => !over(next) && wins(next, n));
}

function unluckyMove(): string {
  return String(sure(starts.find((s) => moves([6, s]).some((next) => !over(next) && wins(next, 1)))));
}

function petyaWins(): string[][] {
  return [row(...starts.filter((s) => !wins([6, s], 1) && wins([6, s], 2)))];
}

function vanyaWins(): string {
  return String(sure(starts.find((s) => loses([6, s], 2) && !loses([6, s], 1))));
}

function bigRecursion(): string {
  const f = [0n, 1n];
  for (const n of range(2, 2027)) f.push(BigInt(n) * sure(f[n - 1]));
  const [top, bottom] = [sure(f[2027]) + 2n * sure(f[2026]), sure(f[2025])];
  if (top % bottom !== 0n) throw new Error('not a whole number');
  return String(top / bottom);
}

function callOrder(): string {
  const call = (n: number): string => (n > 0 ? n + call(n - 2) + call(Math.floor(n / 3)) : '');
  return call(7);
}

function countPrograms(): string {
  const ways = (from: number, to: number) => {
    const count = new Map([[from, 1]]);
    for (const x of range(from, to)) {
      for (const next of [x + 1, x + 3, x * 2]) if (x !== 22) count.set(next, (count.get(next) ?? 0) + (count.get(x) ?? 0));
    }
    return count.get(to) ?? 0;
  };
  return String(ways(3, 14) * ways(14, 30));
}

function greedyTrace(): string {
  const [, from = [], to = []] = table(statement('informatics-80/04-greedy/01-greedy-trace.task.md'));
  const requests = from.slice(1).map((start, i) => ({ id: i + 1, start: Number(start), end: Number(to[i + 1]) }));
  if (new Set(requests.map(({ end }) => end)).size !== requests.length) throw new Error('the order by end is not unique');
  let free = 0;
  const taken: number[] = [];
  for (const { id, start, end } of requests.sort((a, b) => a.end - b.end)) {
    if (start < free) continue;
    free = end;
    taken.push(id);
  }
  return taken.sort().join('');
}

/** Not the greedy of the solution: the best count for each minute of the day. */
function machineOrders(): string[][] {
  const orders = counted('informatics-80/04-greedy/files/26-machine.txt');
  if (orders.some(([start, end]) => start < 0 || start >= end || end > 1440)) throw new Error('an order is out of the day');
  const best = [0];
  for (const minute of range(1, 1440)) {
    const ends = orders.filter(([, end]) => end === minute).map(([start]) => sure(best[start]) + 1);
    best.push(Math.max(sure(best[minute - 1]), ...ends));
  }
  const most = Math.max(...best);
  return [row(most, best.indexOf(most))];
}

function freeCells(): string[][] {
  const cells = counted('informatics-80/04-greedy/files/26-store.txt');
  if (new Set(cells.map(String)).size !== cells.length) throw new Error('a cell is listed twice');
  const racks = Map.groupBy(cells, ([rack]) => rack);
  for (const rack of [...racks.keys()].sort((a, b) => b - a)) {
    const line = Array.from({ length: 2002 }, () => '.');
    for (const [, cell] of sure(racks.get(rack))) line[cell] = '#';
    const place = line.join('').indexOf('#...#');
    if (place >= 0) return [row(rack, place + 1)];
  }
  throw new Error('no place');
}

function atMostFifty(): string {
  const line = text('informatics-80/05-strings/files/24.txt').trim();
  if (!/^[A-F]{1,120000}$/.test(line)) throw new Error('not what the statement promises');
  const places = [-1, ...[...line.matchAll(/AB/g)].map((match) => match.index), line.length - 1];
  return String(Math.max(...places.slice(0, -51).map((place, index) => sure(places[index + 51]) - place)));
}

function robotSums(): string[][] {
  const field = (Object.values(sheets('informatics-80/06-table-models/files/18.ods'))[0] ?? []).map((line) => line.map(Number));
  if (field.length !== 15 || field.some((line) => line.length !== 15)) throw new Error('the field is not 15 by 15');
  const known = new Map<string, number[]>();
  /** Smallest and largest sum on the way from a cell to the last one; empty where there is no way. */
  const from = (i: number, j: number): number[] => {
    const coin = field[i]?.[j] ?? 0;
    const name = `${i} ${j}`;
    if (coin === 0) return [];
    if (i === 14 && j === 14) return [coin];
    const ready = known.get(name);
    if (ready) return ready;
    const rest = [...from(i + 1, j), ...from(i, j + 1)];
    const result = rest.length === 0 ? [] : [coin + Math.min(...rest), coin + Math.max(...rest)];
    known.set(name, result);
    return result;
  };
  return [row(...from(0, 0).reverse())];
}

/** Runs the processes millisecond by millisecond. */
function finishedProcesses(): string {
  const [, ...rows] = Object.values(sheets('informatics-80/06-table-models/files/22.ods'))[0] ?? [];
  const waiting = new Map(
    rows.map(([id = '', time, after = '']) => [id, { time: Number(time), after: after.split('; ').filter((a) => a !== '0') }]),
  );
  const end = new Map<string, number>();
  for (const now of range(0, 100)) {
    for (const [id, { time, after }] of waiting) {
      if (after.every((other) => (end.get(other) ?? Number.POSITIVE_INFINITY) <= now)) {
        end.set(id, now + time);
        waiting.delete(id);
      }
    }
  }
  if ([...end.values()].includes(100)) throw new Error('a process ends exactly at the bound');
  return String([...end.values()].filter((moment) => moment <= 100).length);
}

function shortestSegment(): string {
  const points = range(0, 400).map((n) => n / 4);
  const within = (x: number, from: number, to: number) => from <= x && x <= to;
  const must = points.filter((x) => within(x, 17, 58) !== within(x, 34, 83));
  const ends = range(0, 200).map((n) => n / 2);
  const lengths = ends.flatMap((from) => ends.filter((to) => to >= from && must.every((x) => within(x, from, to))).map((to) => to - from));
  return String(Math.min(...lengths));
}

function unknownDigit(): string {
  const value = (...list: number[]) => list.reduce((total, digit) => total * 27 + digit, 0);
  const sums = range(0, 26).map((x) => value(5, x, 2, 0) + value(1, x, 7));
  return String(sure(sums.filter((n) => n % 23 === 0).at(-1)) / 23);
}

/** The mean of the medoids. */
function clusterCentres(name: string, count: number): string[] {
  const found = clusters(`informatics-80/08-clusters/files/${name}`, count);
  return [0, 1].map((axis) => String(Math.trunc((sum(found.map(({ centre }) => sure(centre[axis]))) / count) * 10_000)));
}

/** Recomputed keys by the path of the task. A `word` is the list of its accepted forms, `choices` the ids, `cells` the rows. */
export const proofs: Record<string, () => Answer> = {
  'informatics-60/01-logic/01-truth-table.task.md': truthColumns,
  'informatics-60/01-logic/02-equal-formulas.task.md': equalFormulas,
  'informatics-60/01-logic/03-largest-a.task.md': largestA,
  'informatics-60/02-graphs-codes/01-roads-table.task.md': roadNumbers,
  'informatics-60/02-graphs-codes/02-shortest-road.task.md': shortestRoad,
  'informatics-60/02-graphs-codes/03-fano-code.task.md': fanoCode,
  'informatics-60/02-graphs-codes/04-paths-through.task.md': pathsThrough,
  'informatics-60/03-number-systems/01-hex-sum.task.md': hexSum,
  'informatics-60/03-number-systems/02-binary-tail.task.md': binaryTail,
  'informatics-60/03-number-systems/03-count-digits.task.md': countFours,
  'informatics-60/04-tables-text/01-copy-formula.task.md': copiedFormula,
  'informatics-60/04-tables-text/02-rows-count.task.md': rowsWithOnePair,
  'informatics-60/04-tables-text/03-rental-database.task.md': rentalCost,
  'informatics-60/04-tables-text/04-word-search.task.md': wordSearch,
  'informatics-60/05-executors/01-turtle.task.md': turtlePoints,
  'informatics-60/05-executors/02-tape.task.md': tapeOnes,
  'informatics-60/05-executors/03-calculator-program.task.md': calculatorProgram,
  'informatics-60/06-information/01-camera-trap.task.md': cameraShots,
  'informatics-60/06-information/02-identifiers.task.md': alphabetPower,
  'informatics-60/07-words/01-first-word.task.md': firstWord,
  'informatics-60/08-sequence-file/01-pairs.task.md': sequencePairs,
  'informatics-80/01-divisors-masks/01-mask.task.md': maskNumbers,
  'informatics-80/01-divisors-masks/02-two-largest.task.md': twoLargest,
  'informatics-80/01-divisors-masks/03-divisor-facts.task.md': divisorFacts,
  'informatics-80/02-games/01-unlucky-move.task.md': unluckyMove,
  'informatics-80/02-games/02-petya-wins.task.md': petyaWins,
  'informatics-80/02-games/03-vanya-wins.task.md': vanyaWins,
  'informatics-80/03-recursion/01-big-recursion.task.md': bigRecursion,
  'informatics-80/03-recursion/02-call-order.task.md': callOrder,
  'informatics-80/03-recursion/03-count-programs.task.md': countPrograms,
  'informatics-80/04-greedy/01-greedy-trace.task.md': greedyTrace,
  'informatics-80/04-greedy/02-machine.task.md': machineOrders,
  'informatics-80/04-greedy/03-store.task.md': freeCells,
  'informatics-80/05-strings/01-at-most-fifty.task.md': atMostFifty,
  'informatics-80/06-table-models/01-robot.task.md': robotSums,
  'informatics-80/06-table-models/02-processes.task.md': finishedProcesses,
  'informatics-80/07-segments-bases/01-segment.task.md': shortestSegment,
  'informatics-80/07-segments-bases/02-unknown-digit.task.md': unknownDigit,
  'informatics-80/08-clusters/01-centers.task.md': () => [clusterCentres('27-a.txt', 2), clusterCentres('27-b.txt', 3)],
  ...bankProofs,
};
