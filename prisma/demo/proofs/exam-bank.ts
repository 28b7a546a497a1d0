// Recomputes the keys of the whole exam in informatics, tasks 1 to 27 of its bank. As in informatics.ts, nothing here reads a key.
import {
  type Answer,
  apart,
  bits,
  clusters,
  columnOrder,
  digits,
  distances,
  drawn,
  implies,
  insideBox,
  least,
  numbers,
  only,
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

function ternaryTail(): string {
  const built = (n: number) => {
    const digits = n.toString(3);
    return Number.parseInt(digits + (n % 3 === 0 ? digits.slice(-2) : ((n % 3) * 5).toString(3)), 3);
  };
  return String(Math.max(...range(1, 700).filter((n) => built(n) < 700)));
}

function recordingSize(): string {
  const bits = 4 * 32_000 * 16 * 6 * 60 * 0.75;
  return String(Math.ceil(bits / 8 / 2 ** 20));
}

function octalNumbers(): string {
  const fits = (word: string) => word.split('7').length === 2 && !/[1357]{2}/.test(word);
  return String(range(8 ** 5, 8 ** 6 - 1).filter((n) => fits(n.toString(8))).length);
}

function batchCodes(): string {
  const bits = least(range(1, 30), (n) => (2 ** n >= 30 ? n : Number.POSITIVE_INFINITY));
  return String(50 * (Math.ceil((15 * bits) / 8) + 12));
}

function editedString(): string {
  let text = '5'.repeat(97);
  while (text.includes('555') || text.includes('333')) {
    text = text.includes('555') ? text.replace('555', '3') : text.replace('333', '5');
  }
  return text;
}

function networkAddresses(): string {
  const ofAddress = (address: string) => address.split('.').reduce((total, byte) => total * 256 + Number(byte), 0);
  const [network, mask] = [ofAddress('192.168.144.0'), ofAddress('255.255.248.0')];
  const ones = (n: number) => n.toString(2).replaceAll('0', '').length;
  const found = range(network, network + (2 ** 32 - 1 - mask)).filter((address) => ones(address) % 5 === 0);
  return String(found.length);
}

function primeSums(): string[][] {
  const found: string[][] = [];
  for (let n = 600_001; found.length < 5; n += 1) {
    const primes: number[] = [];
    let rest = n;
    for (let d = 2; d * d <= rest; d += 1) {
      if (rest % d === 0) primes.push(d);
      while (rest % d === 0) rest /= d;
    }
    if (rest > 1) primes.push(rest);
    if (primes[0] !== n && sum(primes) % 137 === 0) found.push(row(n, sum(primes)));
  }
  return found;
}

/** The file of a task of the bank. */
const banked = (name: string) => `informatics-80/09-exam-bank/files/${name}`;

/** Lengths of the roads БЖ and ДЕ: their sum is one in every way of putting the picture on the table. */
function twoRoads(): string {
  const { labels, length } = distances('informatics-80/09-exam-bank/01-settlements.task.md');
  const edges = drawn(banked('settlements.svg'));
  const letters = [...new Set(edges.flat())].sort();
  if (length.size !== edges.length * 2) throw new Error('the table and the picture differ');
  const sums = permutations(labels)
    .map((names) => new Map(letters.map((letter, index) => [letter, sure(names[index])])))
    .filter((name) => edges.every(([a, b]) => length.has(`${name.get(a)} ${name.get(b)}`)))
    .map((name) => sum(['БЖ', 'ДЕ'].map(([a = '', b = '']) => sure(length.get(`${name.get(a)} ${name.get(b)}`)))));
  return String(only(new Set(sums)));
}

function zeroColumns(): string {
  const rows = tuples(bits, 4).filter(
    ([x = false, y = false, z = false, w = false]) => !((implies(x, y) && implies(y, w)) || z === (x || y)),
  );
  return columnOrder('informatics-80/09-exam-bank/02-function-table.task.md', rows);
}

function pearGrowth(): string {
  const { Движение: moves = [], Саженцы: kinds = [], Участки: plots = [] } = sheets(banked('3.ods'));
  const places = new Set(plots.filter(([, sector]) => sector === 'Речной').map(([id]) => id));
  const pears = new Set(kinds.filter(([, kind]) => kind === 'Груша').map(([id]) => id));
  const changes = moves.slice(1).map(([, date = '', place, item, move, pieces]) => {
    if (move !== 'Поступление' && move !== 'Продажа') throw new Error(`an unknown move ${move}`);
    const chosen = date >= '2027-04-05' && date <= '2027-04-18' && places.has(place) && pears.has(item);
    return chosen ? Number(pieces) * (move === 'Поступление' ? 1 : -1) : 0;
  });
  return String(sum(changes));
}

function shortestWord(): string {
  const [, taken = []] = table(statement('informatics-80/09-exam-bank/04-short-word.task.md'));
  const free = (word: string, others: string[]) => others.every((code) => !code.startsWith(word) && !word.startsWith(code));
  const words = range(1, 5).flatMap((length) => tuples(['0', '1'], length).map((word) => word.join('')));
  const lengths = words
    .filter((o) => free(o, taken))
    .map((o) => {
      const others = words.filter((k) => free(k, [...taken, o]));
      const pairs = others.flatMap((k) => others.filter((l) => free(l, [k])).map((l) => 2 * k.length + 2 * l.length));
      return 3 * o.length + Math.min(...pairs);
    });
  return String(Math.min(...lengths));
}

function overlapPoints(): string {
  const shapes = turtleShapes('informatics-80/09-exam-bank/06-overlap.task.md');
  const grid = range(-50, 50);
  return String(sum(grid.map((a) => grid.filter((b) => shapes.every((shape) => insideBox(shape, a, b))).length)));
}

function fiveDifferent(): string {
  const rows = (Object.values(sheets(banked('9.ods')))[0] ?? []).map((cells) => cells.map(Number));
  if (rows.length !== 900 || rows.some((cells) => cells.length !== 5)) throw new Error('not 900 rows of five');
  const good = rows.filter((cells) => {
    const [first = 0, second = 0, third = 0, fourth = 0, last = 0] = cells.toSorted((a, b) => a - b);
    return new Set(cells).size === 5 && first + last > second + third + fourth;
  });
  return String(good.length);
}

function bridgeWords(): string {
  const story = unzip(banked('10.odt'), 'content.xml').replace(/<text:h .*?<\/text:h>/s, '');
  const words = story.replace(/<[^>]*>/g, ' ').match(/\p{L}+/gu) ?? [];
  return String(words.filter((word) => word === 'мост' || word === 'Мост').length);
}

function mostZeros(): string {
  const zeros = (x: number) => digits(6n ** 180n + 6n ** 90n - BigInt(x), 6n).filter((digit) => digit === 0n).length;
  return String(Math.max(...range(2500, 3000).filter((x) => zeros(x) === 93)));
}

/** The first number divisible by both, 1260, bounds A, so that nothing beyond 6000 can change the count. */
function countOfA(): string {
  const both = range(1, 6000).filter((x) => x % 84 === 0 && x % 90 === 0);
  return String(range(1, 6000).filter((a) => both.every((x) => x % a === 0)).length);
}

function recursionDifference(): string {
  const f: number[] = [];
  for (const n of range(0, 4000)) f.push(n < 10 ? 2 * n : n + 4 + sure(f[n - 3]));
  return String(sure(f[4000]) - sure(f[3985]));
}

function fourDigitTriples(): string[][] {
  const values = numbers(banked('17.txt')).map(([value]) => sure(value));
  if (values.length !== 5000 || values.some((value) => Math.abs(value) > 10_000)) throw new Error('not what the statement promises');
  const limit = Math.max(...values.filter((value) => /37$/.test(String(value))));
  const triples = values.slice(2).map((value, index) => [sure(values[index]), sure(values[index + 1]), value]);
  const sums = triples.filter((three) => three.filter((value) => /^-?\d{4}$/.test(String(value))).length === 2).map(sum);
  const kept = sums.filter((total) => total <= limit);
  return [row(kept.length, Math.max(...kept))];
}

/** Totals of every way from each cell to the right column, as the largest and the smallest. */
function robotFines(): string[][] {
  const field = (Object.values(sheets(banked('18.ods')))[0] ?? []).map((line) => line.map(Number));
  if (field.length !== 16 || field.some((line) => line.length !== 16)) throw new Error('the field is not 16 by 16');
  const known = new Map<string, number[]>();
  const from = (i: number, j: number): number[] => {
    const own = field[i]?.[j];
    if (own === undefined) return [];
    const ready = known.get(`${i} ${j}`);
    if (ready) return ready;
    const rest = [...from(i + 1, j), ...from(i, j + 1), ...(j === 15 ? [0] : [])];
    const result = [own + Math.max(...rest), own + Math.min(...rest)];
    known.set(`${i} ${j}`, result);
    return result;
  };
  const totals = range(0, 15).flatMap((i) => from(i, 0));
  return [row(Math.max(...totals), Math.min(...totals))];
}

/** The one heap of tasks 19 to 21 of the bank. */
const heapOver = (heap: number) => heap <= 24;
const heapMoves = (heap: number) => [heap - 2, heap - 7, Math.floor(heap / 4)];
const heapWins = (heap: number, n: number): boolean => heapMoves(heap).some((next) => heapOver(next) || (n > 1 && heapLoses(next, n - 1)));
const heapLoses = (heap: number, n: number): boolean => heapMoves(heap).every((next) => !heapOver(next) && heapWins(next, n));
const heaps = range(25, 300);

function heapFirst(): string {
  return String(sure(heaps.find((s) => !heapWins(s, 1) && heapLoses(s, 1))));
}

function heapPetya(): string[][] {
  return [row(...heaps.filter((s) => !heapWins(s, 1) && heapWins(s, 2)).slice(-2))];
}

function heapSecond(): string {
  return String(sure(heaps.find((s) => heapLoses(s, 2) && !heapLoses(s, 1))));
}

/** Runs the processes millisecond by millisecond. */
function busyTime(): string {
  const [, ...rows] = Object.values(sheets(banked('22.ods')))[0] ?? [];
  const left = new Map(rows.map(([id = '', time]) => [id, Number(time)]));
  const needs = new Map(rows.map(([id = '', , after = '']) => [id, after.split('; ').filter((other) => other !== '0')]));
  let busy = 0;
  while (sum([...left.values()]) > 0) {
    const running = [...left].filter(([id, time]) => time > 0 && needs.get(id)?.every((other) => left.get(other) === 0));
    if (running.length === 0) throw new Error('the processes wait for one another');
    for (const [id, time] of running) left.set(id, time - 1);
    if (running.length >= 5) busy += 1;
  }
  return String(busy);
}

function countHalvings(): string {
  const ways = (from: number, to: number) => {
    const count = new Map([[from, 1]]);
    for (const x of range(to, from).reverse()) {
      for (const next of [x - 1, x - 4, Math.floor(x / 2)]) if (x !== 10) count.set(next, (count.get(next) ?? 0) + (count.get(x) ?? 0));
    }
    return count.get(to) ?? 0;
  };
  return String(ways(40, 17) * ways(17, 3));
}

/** From every symbol on, as far as an expression goes. */
function longestExpression(): string {
  const line = text(banked('24.txt')).trim();
  if (!/^[\d+*]{50000}$/.test(line)) throw new Error('not what the statement promises');
  const expression = /(?:0|[1-9]\d*)(?:[+*](?:0|[1-9]\d*))*/y;
  const lengths = range(0, line.length - 1).map((start) => {
    expression.lastIndex = start;
    return expression.exec(line)?.[0].length ?? 0;
  });
  return String(Math.max(...lengths));
}

/** The station minute by minute. */
function chargedCars(): string[][] {
  const [[posts = 0] = [], [count] = [], ...lines] = numbers(banked('26.txt'));
  const cars = new Map(lines.map(([minute, length]) => [sure(minute), sure(length)]));
  if (cars.size !== lines.length || count !== lines.length) throw new Error('two cars in a minute, or not as many as promised');
  const left = range(1, posts).map(() => 0);
  let [charged, last] = [0, 0];
  for (const minute of range(1, 1440)) {
    left.forEach((time, post) => {
      left[post] = Math.max(0, time - 1);
    });
    const length = cars.get(minute);
    const post = left.indexOf(0);
    if (length === undefined || post < 0) continue;
    left[post] = length;
    [charged, last] = [charged + 1, post + 1];
  }
  return [row(charged, last)];
}

function bandDistances(): string[][] {
  const cut = (value: number) => Math.trunc(value * 10_000);
  const [one, two] = clusters(banked('27-a.txt'), 2);
  const three = clusters(banked('27-b.txt'), 3);
  const far = [sure(one), sure(two)].flatMap(({ centre, group }) => group.map((star) => apart(centre, star)));
  const between = three.flatMap((a, index) => three.slice(index + 1).map((b) => apart(a.centre, b.centre)));
  return [
    row(cut(apart(sure(one).centre, sure(two).centre)), cut(Math.max(...far))),
    row(cut(Math.min(...between)), cut(Math.max(...between))),
  ];
}

export const bankProofs: Record<string, () => Answer> = {
  'informatics-80/09-exam-bank/01-settlements.task.md': twoRoads,
  'informatics-80/09-exam-bank/02-function-table.task.md': zeroColumns,
  'informatics-80/09-exam-bank/03-nursery.task.md': pearGrowth,
  'informatics-80/09-exam-bank/04-short-word.task.md': shortestWord,
  'informatics-80/09-exam-bank/05-ternary-tail.task.md': ternaryTail,
  'informatics-80/09-exam-bank/06-overlap.task.md': overlapPoints,
  'informatics-80/09-exam-bank/07-recording.task.md': recordingSize,
  'informatics-80/09-exam-bank/08-octal-numbers.task.md': octalNumbers,
  'informatics-80/09-exam-bank/09-five-numbers.task.md': fiveDifferent,
  'informatics-80/09-exam-bank/10-bridge.task.md': bridgeWords,
  'informatics-80/09-exam-bank/11-batch-codes.task.md': batchCodes,
  'informatics-80/09-exam-bank/12-editor.task.md': editedString,
  'informatics-80/09-exam-bank/13-network.task.md': networkAddresses,
  'informatics-80/09-exam-bank/14-zeros.task.md': mostZeros,
  'informatics-80/09-exam-bank/15-count-a.task.md': countOfA,
  'informatics-80/09-exam-bank/16-difference.task.md': recursionDifference,
  'informatics-80/09-exam-bank/17-triples.task.md': fourDigitTriples,
  'informatics-80/09-exam-bank/18-fines.task.md': robotFines,
  'informatics-80/09-exam-bank/19-heap-vanya-first.task.md': heapFirst,
  'informatics-80/09-exam-bank/20-heap-petya-second.task.md': heapPetya,
  'informatics-80/09-exam-bank/21-heap-vanya-second.task.md': heapSecond,
  'informatics-80/09-exam-bank/22-busy-time.task.md': busyTime,
  'informatics-80/09-exam-bank/23-halving.task.md': countHalvings,
  'informatics-80/09-exam-bank/24-expression.task.md': longestExpression,
  'informatics-80/09-exam-bank/25-prime-sums.task.md': primeSums,
  'informatics-80/09-exam-bank/26-chargers.task.md': chargedCars,
  'informatics-80/09-exam-bank/27-bands.task.md': bandDistances,
};
