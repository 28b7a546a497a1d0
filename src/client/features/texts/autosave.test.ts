import { beforeEach, describe, expect, test } from 'vitest';
import type { SaveDraftResult, Theirs } from '#shared/texts.ts';
import { createAutosave } from './autosave.ts';

type Answer = SaveDraftResult | Error;

/** A server of one text that answers when it is told to, and a clock that is turned by hand. */
function aDesk(stored = 'А', text?: string) {
  const sent: { baseRev: number; source: string; answer: (answer: Answer) => void }[] = [];
  const timers = new Map<number, { act: () => void; at: number }>();
  let now = 0;
  let last = 0;
  let copy: { source: string; baseRev: number } | null = null;
  const autosave = createAutosave({
    stored,
    rev: 1,
    ...(text === undefined ? {} : { text }),
    send: (baseRev, source) =>
      new Promise((resolve, reject) => {
        sent.push({ baseRev, source, answer: (answer) => (answer instanceof Error ? reject(answer) : resolve(answer)) });
      }),
    keep: (next) => {
      copy = next;
    },
    isFinal: (error) => error instanceof RangeError,
    setTimer(act, ms) {
      last += 1;
      timers.set(last, { act, at: now + ms });
      return last;
    },
    clearTimer: (id) => timers.delete(id as number),
  });
  const turn = async (ms: number) => {
    now += ms;
    for (const [id, { act, at }] of [...timers]) {
      if (at > now) continue;
      timers.delete(id);
      act();
    }
    await rest();
  };
  return { autosave, sent, turn, copy: () => copy, status: () => autosave.state.get().status, timers };
}

const rest = () => new Promise((resolve) => setTimeout(resolve));
const saved = (rev: number): SaveDraftResult => ({ outcome: 'saved', rev, at: '2026-11-26T16:40:00.000Z' });
const theirs: Theirs = { source: 'Их', by: 'Ольга Громова', byMe: false, at: null, rev: 5, published: false };

let desk: ReturnType<typeof aDesk>;
beforeEach(() => {
  desk = aDesk();
});

describe('typing', () => {
  test('is on the device at once and goes out when it rests, as one text', async () => {
    desk.autosave.change('АБ');
    expect(desk.copy()).toEqual({ source: 'АБ', baseRev: 1 });
    await desk.turn(700);
    desk.autosave.change('АБВ');
    await desk.turn(700);
    expect(desk.sent).toEqual([]);
    await desk.turn(100);
    expect(desk.sent).toMatchObject([{ baseRev: 1, source: 'АБВ' }]);
    expect(desk.status()).toBe('saving');
    desk.sent[0]?.answer(saved(2));
    await rest();
    expect(desk.status()).toBe('saved');
    expect(desk.copy()).toBeNull();
  });

  test('that never rests goes out all the same', async () => {
    for (let i = 0; i < 8; i++) {
      desk.autosave.change(`А${i}`);
      await desk.turn(600);
    }
    expect(desk.sent).toHaveLength(1);
  });

  test('while a text is on its way waits for the answer and names its revision', async () => {
    desk.autosave.change('1');
    await desk.turn(800);
    desk.autosave.change('2');
    await desk.turn(5000);
    expect(desk.sent).toHaveLength(1);
    desk.sent[0]?.answer(saved(2));
    await rest();
    await desk.turn(800);
    expect(desk.sent[1]).toMatchObject({ baseRev: 2, source: '2' });
  });

  test('taken back to what is stored sends nothing', async () => {
    desk.autosave.change('Б');
    desk.autosave.change('А');
    expect(desk.status()).toBe('saved');
    expect(desk.copy()).toBeNull();
    await desk.turn(5000);
    expect(desk.sent).toEqual([]);
  });
});

describe('a failure', () => {
  test('is tried again, later each time, and nothing is forgotten', async () => {
    desk.autosave.change('Б');
    await desk.turn(800);
    desk.sent[0]?.answer(new Error('no network'));
    await rest();
    expect(desk.status()).toBe('failed');
    expect(desk.copy()).toEqual({ source: 'Б', baseRev: 1 });
    await desk.turn(1000);
    expect(desk.sent).toHaveLength(2);
    desk.sent[1]?.answer(new Error('no network'));
    await rest();
    await desk.turn(1000);
    expect(desk.sent).toHaveLength(2);
    await desk.turn(1000);
    desk.sent[2]?.answer(saved(2));
    await rest();
    expect(desk.status()).toBe('saved');
  });

  test('that will stay one is not repeated until something is typed', async () => {
    desk.autosave.change('Б');
    await desk.turn(800);
    desk.sent[0]?.answer(new RangeError('too long'));
    await rest();
    expect(desk.status()).toBe('refused');
    await desk.turn(60_000);
    expect(desk.sent).toHaveLength(1);
    desk.autosave.change('В');
    await desk.turn(800);
    expect(desk.sent).toHaveLength(2);
  });
});

describe('somebody else’s text', () => {
  test('stops the saving; what is typed on stays on the device', async () => {
    desk.autosave.change('Моё');
    await desk.turn(800);
    desk.sent[0]?.answer({ outcome: 'conflict', theirs });
    await rest();
    expect(desk.autosave.state.get()).toMatchObject({ status: 'conflict', theirs });
    desk.autosave.change('Моё, дальше');
    await desk.turn(60_000);
    expect(desk.sent).toHaveLength(1);
    expect(desk.copy()).toEqual({ source: 'Моё, дальше', baseRev: 1 });
  });

  test('seen and overruled: mine goes out on top of its revision', async () => {
    desk.autosave.change('Моё');
    desk.autosave.meet(theirs);
    desk.autosave.overrule();
    await rest();
    expect(desk.sent).toMatchObject([{ baseRev: 5, source: 'Моё' }]);
    desk.sent[0]?.answer(saved(6));
    await rest();
    expect(desk.status()).toBe('saved');
  });

  test('taken: it is what stands there, and nothing is sent', async () => {
    desk.autosave.change('Моё');
    desk.autosave.meet(theirs);
    desk.autosave.change('Их');
    desk.autosave.adopt('Их', 5, null);
    await desk.turn(5000);
    expect(desk.status()).toBe('saved');
    expect(desk.sent).toEqual([]);
  });

  test('that is the same as mine is no conflict', () => {
    desk.autosave.change('Их');
    desk.autosave.meet(theirs);
    expect(desk.status()).toBe('saved');
  });
});

test('flush sends at once, also what was typed meanwhile, and says how it ended', async () => {
  desk.autosave.change('1');
  const flushed = desk.autosave.flush();
  desk.autosave.change('2');
  desk.sent[0]?.answer(saved(2));
  await rest();
  expect(desk.sent[1]).toMatchObject({ baseRev: 2, source: '2' });
  desk.sent[1]?.answer(saved(3));
  expect(await flushed).toBe('saved');
  expect(desk.autosave.rev()).toBe(3);
});

test('what is typed during a publication waits for its revision', async () => {
  let publish: () => void = () => undefined;
  const publishing = desk.autosave.exclusively(() => new Promise<void>((resolve) => (publish = resolve)));
  await rest();
  desk.autosave.change('Позже');
  await desk.turn(5000);
  expect(desk.sent).toEqual([]);
  desk.autosave.adopt('Опубликовано', 9, null);
  publish();
  await publishing;
  await desk.turn(800);
  expect(desk.sent).toMatchObject([{ baseRev: 9, source: 'Позже' }]);
});

test('flush that fails says so', async () => {
  desk.autosave.change('1');
  const flushed = desk.autosave.flush();
  desk.sent[0]?.answer(new Error('no network'));
  expect(await flushed).toBe('failed');
});

test('a text left from a killed tab goes out by itself', async () => {
  const left = aDesk('А', 'Недописанное');
  expect(left.status()).toBe('waiting');
  await left.turn(800);
  expect(left.sent).toMatchObject([{ source: 'Недописанное' }]);
});

test('stopped, nothing goes out later', async () => {
  desk.autosave.change('1');
  desk.autosave.stop();
  await desk.turn(60_000);
  expect(desk.sent).toEqual([]);
});
