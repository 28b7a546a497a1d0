import { expect, test } from 'vitest';
import type { App } from './app.ts';
import { defineFeed, type FeedOutlet, type FeedReader, gap } from './feed.ts';

// A feed only tells schools apart by it.
const aSchool = () => ({}) as App;

function aFeed(limit?: number) {
  const outlets = new Map<string, FeedOutlet<number>>();
  const log: string[] = [];
  const read = defineFeed<number>((_, key, outlet) => {
    log.push(`start ${key}`);
    outlets.set(key, outlet);
    return () => void log.push(`stop ${key}`);
  }, limit);
  const out = (key: string) => {
    const outlet = outlets.get(key);
    if (!outlet) throw new Error(`nobody reads ${key}`);
    return outlet;
  };
  return { read, log, out };
}

async function take(reader: FeedReader<number>, count: number) {
  const taken: (number | typeof gap)[] = [];
  while (taken.length < count) {
    const { done, value } = await reader.next();
    if (done) return [...taken, 'end'];
    taken.push(value);
  }
  return taken;
}

test('every reader gets every item in order, from when it was attached; the source is asked once', async () => {
  const { read, log, out } = aFeed();
  const app = aSchool();
  const { signal } = new AbortController();
  const early = read(app, 'a', signal);
  out('a').push(1);
  const late = read(app, 'a', signal);
  out('a').push(2);
  const waiting = take(early, 3);
  out('a').push(3);
  expect([await waiting, await take(late, 2)]).toEqual([
    [1, 2, 3],
    [2, 3],
  ]);
  expect(log).toEqual(['start a']);
});

test('keys and schools have nothing to do with each other', async () => {
  const { read, log, out } = aFeed();
  const { signal } = new AbortController();
  const [one, other] = [aSchool(), aSchool()];
  const a = read(one, 'a', signal);
  const b = read(one, 'b', signal);
  out('a').push(1);
  out('b').push(2);
  read(other, 'a', signal);
  out('a').push(3);
  out('b').push(4);
  expect([await take(a, 1), await take(b, 2), log]).toEqual([[1], [2, 4], ['start a', 'start b', 'start a']]);
});

test('the source stops with its last reader and begins again with the next', async () => {
  const { read, log, out } = aFeed();
  const app = aSchool();
  const first = new AbortController();
  const waiting = take(read(app, 'a', first.signal), 1);
  const left = read(app, 'a', new AbortController().signal);
  first.abort();
  expect([await waiting, log]).toEqual([['end'], ['start a']]);
  out('a').push(1);
  for await (const item of left) {
    expect(item).toBe(1);
    break;
  }
  expect([await take(left, 1), log]).toEqual([['end'], ['start a', 'stop a']]);
  read(app, 'a', new AbortController().signal);
  expect(log).toEqual(['start a', 'stop a', 'start a']);
});

test('a reader whose signal was over before it came reads nothing and starts nothing', async () => {
  const { read, log } = aFeed();
  expect([await take(read(aSchool(), 'a', AbortSignal.abort()), 1), log]).toEqual([['end'], []]);
});

test('a slow reader keeps no more than the limit: then it is told to read anew, once, and the others lose nothing', async () => {
  const { read, out } = aFeed(3);
  const app = aSchool();
  const { signal } = new AbortController();
  const slow = read(app, 'a', signal);
  const quick = read(app, 'a', signal);
  for (let item = 1; item <= 10; item += 1) {
    out('a').push(item);
    expect(await take(quick, 1)).toEqual([item]);
  }
  expect(await take(slow, 1)).toEqual([gap]);
  // What comes while it reads anew is there afterwards.
  out('a').push(11);
  expect(await take(slow, 1)).toEqual([11]);
});

test('what was lost at the source is told to all in place of what they had not read yet', async () => {
  const { read, out } = aFeed();
  const reader = read(aSchool(), 'a', new AbortController().signal);
  out('a').push(1);
  out('a').lost();
  out('a').push(2);
  out('a').lost();
  expect(await take(reader, 1)).toEqual([gap]);
  out('a').push(3);
  expect(await take(reader, 1)).toEqual([3]);
});
