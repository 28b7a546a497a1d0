import { beforeEach, describe, expect, test } from 'vitest';
import { createExamFiles, type ExamFilesOptions } from './long-exam-files.ts';

const place = { attemptId: 'a', taskId: 't' };
const elsewhere = { attemptId: 'a', taskId: 'u' };
let stored: Map<string, string>;
let laid: string[];
let ids: number;
let lay: ExamFilesOptions['lay'];
let upload: ExamFilesOptions['upload'];
let retryAfter: ExamFilesOptions['retryAfter'];

beforeEach(() => {
  stored = new Map();
  laid = [];
  ids = 0;
  upload = async (file) => `upload of ${file.name}`;
  lay = async ({ uploadId, at, taskId }) => void laid.push(`${taskId} ${uploadId} ${at}`);
  retryAfter = () => null;
});

const files = () =>
  createExamFiles({
    memory: {
      read: (key) => stored.get(key) ?? null,
      write: (key, value) => void (value === null ? stored.delete(key) : stored.set(key, value)),
    },
    personId: 'p',
    upload: (...input) => upload(...input),
    lay: (input) => lay(input),
    thumbOf: async () => 'data:x',
    makeId: () => `id-${++ids}`,
    retryAfter: (...input) => retryAfter(...input),
  });
const photo = (name = 'а.jpg') => new File(['jpeg'], name, { type: 'image/jpeg' });
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

test('a file is shown at once, sent, laid at its place, and forgotten here', async () => {
  const moving = files();
  upload = async (_, file, { progress }) => {
    progress(2);
    expect(moving.of(place)).toMatchObject([{ name: 'а.jpg', sent: 2, uploadId: null }]);
    return file.key;
  };
  moving.add(place, photo(), 7);
  expect([moving.of(place).length, moving.of(elsewhere).length]).toEqual([1, 0]);
  await settled();
  expect([laid, moving.of(place), stored.size]).toEqual([['t id-1 7'], [], 0]);
});

describe('between the last byte and its place', () => {
  test('a lost connection is waited for', async () => {
    let back = () => {};
    retryAfter = () => new Promise<void>((resolve) => (back = resolve));
    const [moving, works] = [files(), lay];
    lay = async () => {
      throw new Error('no network');
    };
    moving.add(place, photo(), 1);
    await settled();
    expect([laid, moving.of(place).length]).toEqual([[], 1]);
    lay = works;
    back();
    await settled();
    expect([laid, moving.of(place)]).toEqual([['t upload of а.jpg 1'], []]);
  });

  test('a reload loses nothing, and what another tab has there stays', async () => {
    const never = new Promise<void>(() => {});
    const works = lay;
    lay = () => never;
    files().add(place, photo('а.jpg'), 1);
    files().add(elsewhere, photo('б.jpg'), 2);
    await settled();
    lay = works;
    const next = files();
    await next.goOn();
    expect(laid.toSorted()).toEqual(['t upload of а.jpg 1', 'u upload of б.jpg 2']);
    expect([next.moving.get(), stored.size]).toEqual([[], 0]);
  });

  test('one that was taken away meanwhile is not laid', async () => {
    let back = () => {};
    retryAfter = () => new Promise<void>((resolve) => (back = resolve));
    let tries = 0;
    lay = async () => {
      tries += 1;
      throw new Error('no network');
    };
    const moving = files();
    moving.add(place, photo(), 1);
    await settled();
    moving.cancel(moving.of(place)[0]?.key ?? '');
    back();
    await settled();
    expect([tries, moving.moving.get(), moving.refused.get(), stored.size]).toEqual([1, [], [], 0]);
  });
});

describe('what is refused', () => {
  test.each(['upload', 'lay'] as const)('by the %s is named until it was read', async (step) => {
    const over = new Error('EXAMS_OVER');
    const refusing = async (): Promise<never> => {
      throw over;
    };
    if (step === 'upload') upload = refusing;
    else lay = refusing;
    const moving = files();
    moving.add(place, photo(), 1);
    await settled();
    expect([moving.of(place), stored.size]).toEqual([[], 0]);
    const [refused] = moving.refused.get();
    expect(refused).toMatchObject({ ...place, name: 'а.jpg', error: over });
    moving.dismiss(refused?.key ?? '');
    expect(moving.refused.get()).toEqual([]);
  });

  test('of a cancelled upload nothing has to be said', async () => {
    upload = (_, __, { signal }) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    const moving = files();
    moving.add(place, photo(), 1);
    await settled();
    moving.cancel(moving.of(place)[0]?.key ?? '');
    await settled();
    expect([moving.moving.get(), moving.refused.get()]).toEqual([[], []]);
  });
});

test('a file that was taken off is put back to its place', async () => {
  const moving = files();
  await moving.layAgain(place, { uploadId: 'u', name: 'а.jpg', size: 4, at: 3 });
  expect([laid, moving.of(place)]).toEqual([['t u 3'], []]);
});

test('what else lies in the storage is no file', async () => {
  for (const junk of ['[', '{}', '7', '[{"key":1}]', '[null]']) {
    stored.set('exam-files.p', junk);
    await files().goOn();
  }
  expect(laid).toEqual([]);
});
