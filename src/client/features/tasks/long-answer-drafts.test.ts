import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { HandInInput, HandInResult } from '#shared/reviews.ts';
import { createWorkDrafts, type WorkDraftsOptions } from './long-answer-drafts.ts';

const taken: HandInResult = { outcome: 'handed-in', mine: { works: [], mayHandIn: false, startText: '' } };
let stored: Map<string, string>;
let sent: HandInInput[];
let offline: boolean;
let answer: () => Promise<HandInResult>;
let ids: number;
const handedIn: string[] = [];
const ended = vi.fn();

beforeEach(() => {
  stored = new Map();
  sent = [];
  offline = false;
  answer = async () => taken;
  ids = 0;
  handedIn.length = 0;
  ended.mockClear();
});

function drafts(over: Partial<WorkDraftsOptions> = {}) {
  return createWorkDrafts({
    memory: {
      read: (key) => stored.get(key) ?? null,
      write: (key, value) => void (value === null ? stored.delete(key) : stored.set(key, value)),
    },
    personId: 'p',
    send: (work) => {
      sent.push(work);
      return answer();
    },
    refusal: (error) => (error as { wire?: never }).wire ?? null,
    isOffline: () => offline,
    makeId: () => `id-${++ids}`,
    onHandedIn: (taskId) => handedIn.push(taskId),
    onSessionEnded: ended,
    ...over,
  });
}
const refused = (code: string) => async (): Promise<HandInResult> => {
  throw Object.assign(new Error(code), { wire: { code, data: {} } });
};
const unreachable = async (): Promise<HandInResult> => {
  throw new Error('no network');
};
const settled = () => new Promise((resolve) => setTimeout(resolve));

test('what is written is there after a reload', () => {
  drafts().write('t', { text: 'Пусть x' });
  expect(drafts().draftOf('t')).toEqual({ text: 'Пусть x', files: [], clientId: null });
});

test('a work is written down before it is sent, and forgotten when it was taken', async () => {
  const works = drafts();
  works.write('t', { text: 'Решение' });
  answer = async () => {
    expect(stored.get(works.key)).toContain('id-1');
    return taken;
  };
  works.handIn('t');
  works.handIn('t');
  await settled();
  expect([sent.length, stored.size, handedIn, works.phases.get().t]).toEqual([1, 0, ['t'], { phase: 'writing' }]);
});

describe('a lost connection', () => {
  test('loses nothing: it is sent again with the same id, also by the next visit', async () => {
    const works = drafts();
    works.write('t', { text: 'Решение' });
    answer = unreachable;
    works.handIn('t');
    await settled();
    expect(works.phases.get().t).toEqual({ phase: 'waiting', for: 'connection' });
    const next = drafts();
    expect(next.phases.get().t).toEqual({ phase: 'waiting', for: 'connection' });
    answer = async () => taken;
    await Promise.all([next.flush(), next.flush()]);
    expect(sent.map(({ clientId }) => clientId)).toEqual(['id-1', 'id-1']);
    expect(stored.size).toBe(0);
  });

  test('known beforehand, nothing is sent until it is back', async () => {
    offline = true;
    const works = drafts();
    works.write('t', { text: 'Решение' });
    works.handIn('t');
    await settled();
    expect(sent).toEqual([]);
    offline = false;
    await works.flush();
    expect(sent).toHaveLength(1);
  });

  test('a work that waits is not written at, but may be taken back, and is another then', () => {
    offline = true;
    const works = drafts();
    works.write('t', { text: 'Решение' });
    works.handIn('t');
    works.write('t', { text: 'Другое' });
    expect(works.draftOf('t').text).toBe('Решение');
    works.stop('t');
    works.write('t', { text: 'Другое' });
    works.handIn('t');
    expect(works.draftOf('t')).toMatchObject({ text: 'Другое', clientId: 'id-2' });
  });
});

describe('files', () => {
  const file = { key: 'k', name: 'а.jpg', size: 10, sent: 0, thumb: null, at: 1 };
  test('a work waits for those on their way and goes then, in the order in which they were chosen', async () => {
    const works = drafts();
    works.fileBegins('t', file);
    works.fileBegins('t', { ...file, key: 'l', name: 'б.jpg', at: 2 });
    works.handIn('t');
    works.fileGoesOn('t', 'k', { sent: 5, thumb: 'data:x' });
    works.fileEnds('t', 'l', 'u2');
    await settled();
    expect([sent, works.phases.get().t]).toEqual([[], { phase: 'uploading' }]);
    works.fileEnds('t', 'k', 'u1');
    await settled();
    expect(sent).toMatchObject([{ uploadIds: ['u1', 'u2'], text: '' }]);
  });

  test('one that is refused holds the work back', async () => {
    const works = drafts();
    works.fileBegins('t', file);
    works.handIn('t');
    works.fileEnds('t', 'k', null);
    await settled();
    expect([sent, works.phases.get().t]).toEqual([[], { phase: 'writing' }]);
  });

  test('arrived ones are there after a reload', () => {
    const works = drafts();
    works.fileBegins('t', file);
    works.fileEnds('t', 'k', 'u1');
    expect(drafts().draftOf('t').files).toEqual([{ id: 'u1', name: 'а.jpg', size: 10, thumb: null, at: 1 }]);
  });
});

describe('what the server says', () => {
  test.each([
    ['REVIEWS_NOT_FOUND', null],
    // Nobody knows whether it was taken in.
    ['UNEXPECTED', 'id-1'],
  ])('%s keeps the text; id of the next try: %s', async (code, clientId) => {
    const works = drafts();
    works.write('t', { text: 'Решение' });
    answer = refused(code);
    works.handIn('t');
    await settled();
    expect(works.phases.get().t).toMatchObject({ phase: 'refused' });
    expect(works.draftOf('t')).toEqual({ text: 'Решение', files: [], clientId });
    answer = async () => taken;
    works.handIn('t');
    await settled();
    expect(sent.map((work) => work.clientId)).toEqual(['id-1', clientId ?? 'id-2']);
  });

  test('an ended session: it goes after signing in', async () => {
    const works = drafts();
    works.write('t', { text: 'Решение' });
    answer = refused('AUTH_SESSION_REQUIRED');
    works.handIn('t');
    await settled();
    expect([works.phases.get().t, ended.mock.calls.length]).toEqual([{ phase: 'waiting', for: 'session' }, 1]);
  });

  test('not now: the text stays a draft', async () => {
    const works = drafts();
    works.write('t', { text: 'Решение' });
    answer = async () => ({ ...taken, outcome: 'not-now' });
    works.handIn('t');
    await settled();
    expect([works.phases.get().t, works.draftOf('t').text]).toEqual([{ phase: 'not-now' }, 'Решение']);
  });
});

test('another tab: what it writes and hands in is seen here, and both keep what is the other’s', async () => {
  const [here, there] = [drafts(), drafts()];
  here.write('t', { text: 'Здесь' });
  there.write('u', { text: 'Там' });
  here.sync();
  expect([here.draftOf('t').text, here.draftOf('u').text]).toEqual(['Здесь', 'Там']);
  offline = true;
  there.sync();
  there.handIn('u');
  here.sync();
  expect(here.phases.get().u).toEqual({ phase: 'waiting', for: 'connection' });
  offline = false;
  await there.flush();
  here.sync();
  expect([here.phases.get().u, here.draftOf('u').text]).toEqual([{ phase: 'writing' }, '']);
});

test('what else lies in the storage is no draft', () => {
  for (const junk of ['[', '[]', '7', '{"t":7}', '{"t":{"text":1}}', '{"t":{"text":"x","files":[{}],"clientId":null}}']) {
    stored.set('works.p', junk);
    expect(drafts().drafts.get()).toEqual({});
  }
});
