// Recomputes the key of every demo task in mathematics from the data of its statement.
// Nothing here reads a key: an equation is solved, a sample space is enumerated, a picture is measured.
import { readFileSync } from 'node:fs';

export type Answer = string | string[] | string[][];
type Fn = (x: number) => number;
type Point = readonly [x: number, y: number];

/** Tasks that no program can check, each with the reason. */
export const unprovable: Record<string, string> = {
  'math-60/03-triangles-circles/05-equal-areas.task.md': 'a term: the segment that halves the area is called a median',
  'math-80/02-trigonometry/05-equation-and-roots.task.md': 'a long answer: a teacher grades it by criteria',
  'math-80/04-extrema/05-which-point.task.md': 'a term: the derivative turns from minus to plus at a point of minimum',
  'math-80/05-inequalities/03-exponential-fraction.task.md': 'a long answer: a teacher grades it by criteria',
};

/** A finite decimal of at most four digits after the point; anything else means that the statement has no such answer. */
function decimal(value: number): string {
  const rounded = Math.round(value * 1e4) / 1e4;
  if (!(Math.abs(value - rounded) < 1e-6)) throw new Error(`not a short decimal: ${value}`);
  return String(rounded === 0 ? 0 : rounded);
}

/** The single item of a list. */
function only<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined || items.length !== 1) throw new Error(`one item expected, got ${items.length}`);
  return item;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** All ordered tuples of the given length. */
function tuples<T>(items: readonly T[], length: number): T[][] {
  if (length === 0) return [[]];
  return tuples(items, length - 1).flatMap((head) => items.map((item) => [...head, item]));
}

/** Roots with a change of sign on [from, to], ascending. Poles and points outside the domain (NaN) are passed over. */
function roots(f: Fn, from: number, to: number, steps = 20011): number[] {
  const found: number[] = [];
  const push = (x: number): void => {
    const last = found.at(-1);
    if (last === undefined || Math.abs(x - last) > 1e-7) found.push(x);
  };
  const at = (index: number): number => from + ((to - from) * index) / steps;
  for (let index = 0; index < steps; index += 1) {
    let low = at(index);
    let high = at(index + 1);
    const left = f(low);
    const right = f(high);
    if (left === 0) push(low);
    if (right === 0 && index === steps - 1) push(high);
    if (!(left * right < 0)) continue;
    for (let turn = 0; turn < 200; turn += 1) {
      const middle = (low + high) / 2;
      if (Math.sign(f(middle)) === Math.sign(left)) low = middle;
      else high = middle;
    }
    const bound = Math.max(Math.abs(left), Math.abs(right));
    if (Math.abs(f(low)) <= bound && Math.abs(f(high)) <= bound) push(high);
  }
  return found;
}

function root(f: Fn, from: number, to: number): number {
  return only(roots(f, from, to));
}

/** The least value on a segment: a grid, then ternary search around the best node. */
function least(f: Fn, from: number, to: number): { x: number; y: number } {
  const step = (to - from) / 5000;
  const nodes = Array.from({ length: 5001 }, (_, index) => from + step * index);
  const best = nodes.reduce((a, b) => (f(b) < f(a) ? b : a));
  let low = Math.max(from, best - step);
  let high = Math.min(to, best + step);
  for (let turn = 0; turn < 200; turn += 1) {
    const a = low + (high - low) / 3;
    const b = high - (high - low) / 3;
    if (f(a) <= f(b)) high = b;
    else low = a;
  }
  const x = (low + high) / 2;
  return { x, y: f(x) };
}

function greatest(f: Fn, from: number, to: number): { x: number; y: number } {
  const { x, y } = least((t) => -f(t), from, to);
  return { x, y: -y };
}

function slope(f: Fn, x: number): number {
  const h = 1e-4;
  return (f(x + h) - f(x - h)) / (2 * h);
}

function log(base: number, value: number): number {
  return Math.log(value) / Math.log(base);
}

/** Relatively equal; NaN equals nothing. */
function same(a: number, b: number, epsilon = 1e-9): boolean {
  return Math.abs(a - b) <= epsilon * Math.max(1, Math.abs(a), Math.abs(b));
}

/** For every item of the left column the 1-based number of its only match in the right column. */
function match<L, R>(left: readonly L[], right: readonly R[], fits: (l: L, r: R) => boolean): string {
  return left.map((l) => only(right.flatMap((r, index) => (fits(l, r) ? [String(index + 1)] : [])))).join('');
}

/** Ids of the entries whose value is true. */
function ids(statements: Record<string, boolean>): string[] {
  return Object.keys(statements).filter((id) => statements[id]);
}

/** Angle PQR in degrees. */
function angle(p: Point, q: Point, r: Point): number {
  const [ax, ay] = [p[0] - q[0], p[1] - q[1]];
  const [bx, by] = [r[0] - q[0], r[1] - q[1]];
  return (Math.acos((ax * bx + ay * by) / (Math.hypot(ax, ay) * Math.hypot(bx, by))) * 180) / Math.PI;
}

function onCircle(degrees: number, radius = 1): Point {
  return [radius * Math.cos((degrees * Math.PI) / 180), radius * Math.sin((degrees * Math.PI) / 180)];
}

// Pictures: what the student reads from an SVG the proof measures in the same file.

function picture(path: string): string {
  return readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
}

function attribute(element: string, name: string): string {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(element)?.[1];
  if (value === undefined) throw new Error(`no ${name} in ${element}`);
  return value;
}

function elements(svg: string, marker: string): string[] {
  return (svg.match(/<[^>]+>/g) ?? []).filter((element) => element.includes(marker));
}

/** Turns pixels into the coordinates of the drawn axes. */
function plane(svg: string): (x: number, y: number) => Point {
  const head = only(elements(svg, '<svg '));
  const [ox = Number.NaN, oy = Number.NaN] = attribute(head, 'data-origin').split(' ').map(Number);
  const unit = Number(attribute(head, 'data-unit'));
  return (x, y) => [(x - ox) / unit, (oy - y) / unit];
}

/** Points along a path of the form M x y C x y x y x y … */
function trace(d: string): Point[] {
  const numbers = (d.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);
  const knots: Point[] = [];
  for (let index = 0; index + 1 < numbers.length; index += 2) knots.push([numbers[index] ?? 0, numbers[index + 1] ?? 0]);
  const points: Point[] = [];
  for (let index = 0; index + 3 < knots.length; index += 3) {
    const [a, b, c, e] = knots.slice(index, index + 4);
    if (!a || !b || !c || !e) continue;
    for (let step = 0; step <= 500; step += 1) {
      const t = step / 500;
      const s = 1 - t;
      const mix = (i: 0 | 1): number => s ** 3 * a[i] + 3 * s * s * t * b[i] + 3 * s * t * t * c[i] + t ** 3 * e[i];
      points.push([mix(0), mix(1)]);
    }
  }
  return points;
}

function center(element: string): Point {
  return [Number(attribute(element, 'cx')), Number(attribute(element, 'cy'))];
}

export const proofs: Record<string, () => Answer> = {
  'math-60/01-powers/01-quotient.task.md': () => decimal((6 ** 2.7 * 6 ** 0.8) / 6 ** 1.5),

  'math-60/01-powers/02-logs-and-power.task.md': () => decimal(log(3, 63) - log(3, 7) + 5 ** log(5, 4)),

  'math-60/01-powers/03-match-values.task.md': () =>
    match([16 ** 0.75, 27 ** (-1 / 3), log(4, 32), Math.cbrt(0.125)], [0.5, 8, 2.5, 1 / 3, -9, 12], (l, r) => same(l, r)),

  'math-60/01-powers/04-identities.task.md': () => {
    const real = [-7.5, -2, -1, -0.3, 0, 0.4, 1, 3, 8.25];
    const positive = real.filter((a) => a > 0);
    return ids({
      a: real.every((a) => same(Math.sqrt(a ** 2), a)),
      b: real.every((a) => same(Math.cbrt(a ** 3), a)),
      c: tuples(positive, 2).every(([a = 0, b = 0]) => same(Math.log2(a + b), Math.log2(a) + Math.log2(b))),
      d: real.every((a) => same((a ** 3) ** 2, a ** 6)),
      e: real.filter((a) => a !== 0).every((a) => same(Math.log2(a ** 2), 2 * Math.log2(a))),
    });
  },

  'math-60/02-equations/01-root-smaller.task.md': () => decimal(Math.min(...roots((x) => Math.sqrt(28 - 3 * x) - x, -100, 28 / 3))),

  'math-60/02-equations/02-exponential.task.md': () => decimal(root((x) => (1 / 9) ** (x - 5) - 27 ** (2 * x), -20, 20)),

  'math-60/02-equations/03-logarithm.task.md': () => decimal(root((x) => log(5, 7 - 4 * x) - 2 - log(5, 3), -200, 1.75)),

  'math-60/02-equations/04-equal-numerators.task.md': () =>
    decimal(Math.min(...roots((x) => (x + 8) / (3 * x - 1) - (x + 8) / (2 * x + 5), -100, 100))),

  'math-60/02-equations/05-find-the-slip.task.md': () => {
    const found = (f: Fn): string[] => roots(f, -1.5, 20).map(decimal);
    const original = found((x) => Math.sqrt(2 * x + 3) - x);
    const squared = found((x) => 2 * x + 3 - x * x);
    const moved = found((x) => x * x - 2 * x - 3);
    const written = ['-1', '3'];
    const lines = {
      a: original.every((x) => squared.includes(x)),
      b: squared.join() === moved.join(),
      c: moved.join() === written.join(),
      d: original.join() === written.join(),
    };
    return only(Object.entries(lines).flatMap(([id, right]) => (right ? [] : [id])));
  },

  'math-60/03-triangles-circles/01-altitude.task.md': () => {
    // C is the origin, A lies at (15, 0), B at (0, b); H is the projection of C on AB.
    const projection = (b: number): number => (15 * 15) / Math.hypot(15, b);
    return decimal(
      Math.hypot(
        15,
        root((b) => projection(b) - 9, 0.001, 1000),
      ),
    );
  },

  'math-60/03-triangles-circles/02-inscribed.task.md': () => {
    // A at 0°, B at t° (0 < t < 180), C in the middle of the greater arc.
    const inscribed = (t: number): number => angle(onCircle(0), onCircle(180 + t / 2), onCircle(t));
    const t = root((arc) => inscribed(arc) - 56, 1, 179);
    return decimal(angle([0, 0], onCircle(0), onCircle(t)));
  },

  'math-60/03-triangles-circles/03-vectors.task.md': () => {
    const a = [3, -1];
    const b = [-2, 5];
    return decimal(sum(a.map((x, index) => (x + 2 * (b[index] ?? 0)) * (x - (b[index] ?? 0)))));
  },

  'math-60/03-triangles-circles/04-true-statements.task.md': () => {
    const sides = [1, 2, 3.5, 7];
    const arcs = range(1, 11).map((part) => part * 30);
    const circumcentre = ([p, q]: Point): Point => {
      // Triangle (0, 0), (p, 0), (0, q): the centre is equally far from all three vertices.
      const x = root((t) => Math.abs(t) - Math.abs(p - t), 0, p);
      const y = root((t) => Math.abs(t) - Math.abs(q - t), 0, q);
      return [x, y];
    };
    // Angle A is 30°, AB = 10, BC = 6: the third side follows from the law of cosines.
    const third = roots((ac) => ac * ac + 100 - 20 * ac * Math.cos(Math.PI / 6) - 36, 0, 50);
    const quadrangles = tuples(arcs, 3).filter(([p = 0, q = 0, r = 0]) => p < q && q < r);
    const statements = {
      1: tuples(sides, 2).every(([w = 0, h = 0]) => w * w - h * h === 0),
      2: tuples(sides, 2).every(([p = 0, q = 0]) => {
        const [x, y] = circumcentre([p, q]);
        return same(x, p / 2, 1e-6) && same(y, q / 2, 1e-6);
      }),
      3: third.length === 1,
      4: quadrangles.every(([p = 0, q = 0, r = 0]) => {
        const at = [0, p, q, r].map((degrees) => onCircle(degrees)) as [Point, Point, Point, Point];
        return same(angle(at[0], at[1], at[2]) + angle(at[2], at[3], at[0]), 180);
      }),
      5: arcs.filter((t) => t !== 180).every((t) => same(angle(onCircle(0), onCircle(t), onCircle(180)), 90)),
    };
    return ids(statements).join('');
  },

  'math-60/04-derivative/01-slope.task.md': () => {
    const svg = picture('math-60/04-derivative/files/tangent.svg');
    const toPlane = plane(svg);
    const [[x1, y1], [x2, y2]] = elements(svg, 'class="node"').map((dot) => toPlane(...center(dot))) as [Point, Point];
    const k = (y2 - y1) / (x2 - x1);
    // The drawn line goes through both nodes, and the graph touches it and stays on one side nearby.
    const line = only(elements(svg, 'id="tangent"'));
    for (const end of ['1', '2']) {
      const [x, y] = toPlane(Number(attribute(line, `x${end}`)), Number(attribute(line, `y${end}`)));
      if (!same(y, y1 + k * (x - x1), 1e-3)) throw new Error('the tangent misses its nodes');
    }
    const curve = trace(attribute(only(elements(svg, 'id="graph"')), 'd')).map((point) => toPlane(...point));
    const gaps = curve.filter(([x]) => x > -2 && x < 4).map(([x, y]) => y1 + k * (x - x1) - y);
    if (Math.min(...gaps) < -0.01 || Math.min(...gaps) > 0.01) throw new Error('the line is not a tangent');
    return decimal(k);
  },

  'math-60/04-derivative/02-maximum-points.task.md': () => {
    const svg = picture('math-60/04-derivative/files/derivative.svg');
    const toPlane = plane(svg);
    const curve = trace(attribute(only(elements(svg, 'id="graph"')), 'd')).map((point) => toPlane(...point));
    const signs = curve.filter(([, y]) => Math.abs(y) > 1e-3);
    const tops = signs.flatMap(([x, y], index) => {
      const next = signs[index + 1];
      return next && y > 0 && next[1] < 0 ? [(x + next[0]) / 2] : [];
    });
    if (tops.some((x) => Math.abs(x - Math.round(x)) > 0.02)) throw new Error('a zero is off the grid');
    return decimal(sum(tops.map(Math.round)));
  },

  'math-60/04-derivative/03-speed.task.md': () => {
    const position: Fn = (t) => t ** 3 / 3 - 3 * t ** 2 + 5 * t + 4;
    return decimal(root((t) => slope(position, t) - 12, 0, 100));
  },

  'math-60/04-derivative/04-match-derivatives.task.md': () => {
    const left: Fn[] = [(x) => x ** 3 - 2 * x, (x) => Math.sin(2 * x), (x) => x * Math.log(x), (x) => Math.exp(-2 * x)];
    const right: Fn[] = [
      (x) => 2 * Math.cos(2 * x),
      (x) => Math.cos(2 * x),
      (x) => -2 * Math.exp(-2 * x),
      (x) => 3 * x ** 2 - 2,
      (x) => Math.log(x) + 1,
      (x) => 1 / x,
    ];
    return match(left, right, (f, g) => [0.3, 0.7, 1.1, 2.4, 5].every((x) => same(slope(f, x), g(x), 1e-6)));
  },

  'math-60/05-probability/01-tickets.task.md': () => {
    const tickets = range(1, 40).map((number) => ({ statistics: number <= 14 }));
    return decimal(tickets.filter((ticket) => !ticket.statistics).length / tickets.length);
  },

  'math-60/05-probability/02-coins.task.md': () => {
    const outcomes = tuples([0, 1], 4);
    return decimal(outcomes.filter((coins) => sum(coins) > 2).length / outcomes.length);
  },

  'math-60/06-word-problems/01-river.task.md': () => decimal(root((u) => 72 / (15 - u) - 72 / (15 + u) - 2, 0.001, 14.999)),

  'math-60/06-word-problems/02-mixture.task.md': () => decimal((6 * 15 + 4 * 40) / (6 + 4)),

  'math-60/07-solids/01-vessel.task.md': () => decimal((1800 / 12) * 3),

  'math-60/07-solids/02-cone.task.md': () => {
    // Volume of the part above height t (from the apex) as a sum of thin discs with radius proportional to t.
    const discs = (t: number): number => sum(range(0, 29_999).map((index) => ((t * (index + 0.5)) / 30_000) ** 2 * (t / 30_000)));
    return decimal((135 * discs(1 / (1 + 2))) / discs(1));
  },

  'math-80/01-equations/01-larger-root.task.md': () => decimal(Math.max(...roots((x) => 2 * x * x - 21 * x - 50, -1000, 1000))),

  'math-80/01-equations/02-radical.task.md': () =>
    decimal(Math.min(...roots((x) => Math.sqrt(3 * x * x - 2 * x + 4) - (x + 4), -100, 100))),

  'math-80/01-equations/03-variable-base.task.md': () =>
    decimal(Math.min(...roots((x) => log(x - 2, 2 * x * x - 14 * x + 25) - 2, 2.0001, 100))),

  'math-80/01-equations/04-sum-of-roots.task.md': () => decimal(sum(roots((x) => 4 ** (x + 1) - 33 * 2 ** x + 8, -20, 20))),

  'math-80/01-equations/05-same-roots.task.md': () => {
    // Every root of these equations is a whole number, so a grid that holds all of them decides; 0/0 is NaN and no root.
    const grid = range(-80, 80).map((quarter) => quarter / 4);
    const found = (f: Fn): string => grid.filter((x) => Math.abs(f(x)) < 1e-12).join();
    const wanted = found((x) => x * x - 9);
    const options: Record<string, Fn> = {
      a: (x) => (x * x - 9) / (x + 2),
      b: (x) => Math.sqrt(x) * (x * x - 9),
      c: (x) => Math.abs(x) - 3,
      d: (x) => (x * x - 9) * Math.sqrt(x + 4),
      e: (x) => Math.log2(x * x - 8),
      f: (x) => (x * x - 9) / (x - 3),
    };
    return Object.entries(options).flatMap(([id, f]) => (found(f) === wanted ? [id] : []));
  },

  'math-80/02-trigonometry/01-tangent.task.md': () => decimal(Math.tan(root((x) => Math.cos(x) + 5 / 13, Math.PI, 1.5 * Math.PI))),

  'math-80/02-trigonometry/02-double-angle.task.md': () => decimal(8 * Math.sqrt(3) * Math.cos((5 * Math.PI) / 12) ** 2 - 4 * Math.sqrt(3)),

  'math-80/02-trigonometry/03-roots-on-segment.task.md': () =>
    decimal(roots((x) => 2 * Math.sin(x) ** 2 + 3 * Math.cos(x), -1.5 * Math.PI, 3 * Math.PI).length),

  'math-80/02-trigonometry/04-points.task.md': () => {
    const svg = picture('math-80/02-trigonometry/files/circle-points.svg');
    const [ox = Number.NaN, oy = Number.NaN] = attribute(only(elements(svg, '<svg ')), 'data-origin')
      .split(' ')
      .map(Number);
    const points = range(1, 6).map((number): Point => {
      const [x, y] = center(only(elements(svg, `id="p${number}"`)));
      return [(x - ox) / Math.hypot(x - ox, y - oy), (oy - y) / Math.hypot(x - ox, y - oy)];
    });
    const angles = [-Math.PI / 3, (17 * Math.PI) / 6, (13 * Math.PI) / 4, (-4 * Math.PI) / 3];
    return match(angles, points, (t, [x, y]) => Math.hypot(Math.cos(t) - x, Math.sin(t) - y) < 0.01);
  },

  'math-80/03-probability/01-tetrahedra.task.md': () => {
    const sums = tuples(range(1, 4), 2).map(sum);
    const values = [...new Set(sums)].sort((a, b) => a - b);
    return values.map((value) => [String(value), String(sums.filter((other) => other === value).length)]);
  },

  'math-80/03-probability/02-two-lines.task.md': () => {
    const lamps = [
      { share: 60, defective: 3 },
      { share: 40, defective: 2 },
    ];
    return decimal(sum(lamps.map((line) => line.share * line.defective)) / 100 / 100);
  },

  'math-80/03-probability/03-spam.task.md': () => {
    const spamInFolder = 10 * 90;
    const usualInFolder = (100 - 10) * 10;
    return decimal(spamInFolder / (spamInFolder + usualInFolder));
  },

  'math-80/03-probability/04-shots.task.md': () => {
    // 1 − (3/10)^n ≥ 995/1000, in whole numbers.
    const enough = (n: number): boolean => 1000n * (10n ** BigInt(n) - 3n ** BigInt(n)) >= 995n * 10n ** BigInt(n);
    return decimal(range(1, 50).find(enough) ?? Number.NaN);
  },

  'math-80/03-probability/05-independent.task.md': () => {
    const die = range(1, 6);
    const even = die.filter((face) => face % 2 === 0);
    const events: Record<string, number[]> = {
      a: die.filter((face) => face > 3),
      b: die.filter((face) => face % 3 === 0),
      c: die.filter((face) => die.filter((divisor) => face % divisor === 0).length === 2),
      d: die.filter((face) => face < 4),
    };
    // |AB| · |Ω| = |A| · |B|
    const independent = (event: number[]): boolean =>
      event.filter((face) => even.includes(face)).length * die.length === event.length * even.length;
    return only(Object.entries(events).flatMap(([id, event]) => (independent(event) ? [id] : [])));
  },

  'math-80/04-extrema/01-cubic.task.md': () => decimal(least((x) => 2 * x ** 3 - 15 * x ** 2 + 24 * x + 3, 2, 6).y),

  'math-80/04-extrema/02-logarithm.task.md': () => {
    const y: Fn = (x) => 5 * Math.log(x + 4) - 2 * x + 9;
    const x = root((t) => slope(y, t), -3.99, 100);
    if (Math.abs(greatest(y, -3.99, 100).x - x) > 1e-4) throw new Error('the point is not a maximum');
    return decimal(x);
  },

  'math-80/04-extrema/03-exponent.task.md': () => decimal(least((x) => (x * x - 9 * x + 9) * Math.exp(x - 7), 4, 8).y),

  'math-80/04-extrema/04-sine.task.md': () => {
    const shift = (5 * Math.sqrt(3) * Math.PI) / 6;
    return decimal(greatest((x) => 10 * Math.sin(x) - 5 * Math.sqrt(3) * x + shift + 2, 0, Math.PI / 2).y);
  },

  'math-80/05-inequalities/01-integers.task.md': () =>
    decimal(range(-1000, 1000).filter((x) => x !== 8 && ((x + 3) ** 2 * (x - 5)) / (x - 8) <= 0).length),

  'math-80/05-inequalities/02-logarithm.task.md': () =>
    decimal(sum(range(-1000, 1000).filter((x) => x * x - 7 * x > 0 && -Math.log2(x * x - 7 * x) >= -3))),

  'math-80/06-parameter/01-three-roots.task.md': () => {
    // |p(x)| = a means p(x) = a or p(x) = −a; the roots of each follow from its discriminant. All a in eighths up to 20.
    const count = (a: number): number => {
      const distinct = new Set<number>();
      for (const level of [a, -a]) {
        const d = 4 + 4 * (3 + level);
        if (a < 0 || d < 0) continue;
        distinct.add(1 - Math.sqrt(d) / 2).add(1 + Math.sqrt(d) / 2);
      }
      return distinct.size;
    };
    return decimal(
      only(
        range(-160, 160)
          .map((part) => part / 8)
          .filter((a) => count(a) === 3),
      ),
    );
  },

  'math-80/06-parameter/02-half-circle.task.md': () =>
    decimal(greatest((x) => Math.sqrt(Math.max(0, 8 - x * x)) - x, -Math.sqrt(8), Math.sqrt(8)).y),

  'math-80/07-credits/01-schedule.task.md': () => {
    const loan = 600;
    const years = 3;
    return range(1, years).map((year) => {
      const debt = loan - (loan / years) * (year - 1);
      const payment = debt * (1 + 10 / 100) - (debt - loan / years);
      return [decimal(debt), decimal(payment)];
    });
  },

  'math-80/07-credits/02-equal-payments.task.md': () => {
    // The loan that is fully repaid: what is left after two years is zero.
    const left = (loan: number): number => (loan * 1.2 - 360) * 1.2 - 360;
    return decimal(root(left, 0, 10_000));
  },
};
