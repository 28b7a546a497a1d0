import { describe, expect, test } from 'vitest';
import type { WireError } from '#shared/errors.ts';
import {
  canPause,
  failureOf,
  isForTray,
  isOver,
  retryDelay,
  stepped,
  toStart,
  type UploadEvent,
  type UploadItem,
  type UploadPhase,
} from './upload-queue.ts';

const refusal: WireError = { code: 'FILES_REFUSED', data: { refusal: 'type' } };

function anItem(phase: UploadPhase, over: Partial<UploadItem> = {}): UploadItem {
  return { id: 'a', purpose: 'topic', subjectId: null, name: 'Видео.mp4', size: 100, sent: 40, phase, refusal: null, ...over };
}

test('the list at the foot of the office has what no page shows', () => {
  const shown = (over: Partial<UploadItem>) => isForTray(anItem('sending', over), ['here']);
  expect([{}, { subjectId: 'elsewhere' }, { subjectId: 'here' }, { purpose: 'import' as const }].map(shown)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

describe('what an event makes of an upload', () => {
  const events = {
    started: { kind: 'started' },
    progress: { kind: 'progress', sent: 60 },
    whole: { kind: 'progress', sent: 100 },
    lost: { kind: 'lost' },
    'session-ended': { kind: 'session-ended' },
    paused: { kind: 'paused' },
    ready: { kind: 'ready' },
    arrived: { kind: 'arrived' },
    refused: { kind: 'refused', refusal },
  } satisfies Record<string, UploadEvent>;

  test.each<[UploadPhase, keyof typeof events, UploadPhase]>([
    ['waiting', 'started', 'sending'],
    ['waiting', 'paused', 'paused'],
    ['waiting', 'progress', 'waiting'],
    ['waiting', 'refused', 'refused'],
    ['sending', 'progress', 'sending'],
    ['sending', 'whole', 'checking'],
    ['sending', 'lost', 'interrupted'],
    ['sending', 'paused', 'paused'],
    ['sending', 'session-ended', 'signed-out'],
    ['sending', 'ready', 'sending'],
    ['checking', 'paused', 'checking'],
    ['checking', 'lost', 'interrupted'],
    ['checking', 'arrived', 'done'],
    ['checking', 'refused', 'refused'],
    // Bytes that were counted and did not arrive after all.
    ['checking', 'progress', 'sending'],
    ['paused', 'progress', 'paused'],
    ['paused', 'lost', 'paused'],
    ['paused', 'session-ended', 'paused'],
    ['paused', 'started', 'paused'],
    ['paused', 'ready', 'waiting'],
    ['interrupted', 'ready', 'waiting'],
    ['interrupted', 'paused', 'paused'],
    ['signed-out', 'ready', 'waiting'],
    ['signed-out', 'paused', 'paused'],
    ['done', 'paused', 'done'],
    ['done', 'lost', 'done'],
    ['refused', 'ready', 'refused'],
    ['refused', 'arrived', 'refused'],
  ])('%s, then %s: %s', (phase, event, next) => {
    expect(stepped(anItem(phase), events[event]).phase).toBe(next);
  });

  test('bytes never exceed the file and are not counted while nothing is sent', () => {
    expect(stepped(anItem('sending'), { kind: 'progress', sent: 1000 }).sent).toBe(100);
    expect(stepped(anItem('sending'), { kind: 'progress', sent: -1 }).sent).toBe(0);
    expect(stepped(anItem('paused'), { kind: 'progress', sent: 90 }).sent).toBe(40);
    expect(stepped(anItem('checking'), { kind: 'arrived' }).sent).toBe(100);
  });

  test('why it was refused is kept', () => {
    expect(stepped(anItem('checking'), { kind: 'refused', refusal }).refusal).toEqual(refusal);
  });
});

test('only what is over leaves nobody waiting, and what has arrived whole cannot be paused', () => {
  const phases: UploadPhase[] = ['waiting', 'sending', 'checking', 'paused', 'interrupted', 'signed-out', 'done', 'refused'];
  expect(phases.filter((phase) => isOver(anItem(phase)))).toEqual(['done', 'refused']);
  expect(phases.filter((phase) => canPause(anItem(phase)))).toEqual(['waiting', 'sending', 'interrupted', 'signed-out']);
});

test('three go at once, in their order; those that wait for a connection hold nobody up', () => {
  const queue = (...phases: UploadPhase[]) => toStart(phases.map((phase, at) => anItem(phase, { id: String(at) })));
  expect(queue('waiting', 'waiting', 'waiting', 'waiting')).toEqual(['0', '1', '2']);
  expect(queue('sending', 'checking', 'waiting', 'waiting')).toEqual(['2']);
  expect(queue('interrupted', 'paused', 'refused', 'waiting', 'signed-out', 'waiting')).toEqual(['3', '5']);
  expect(queue('sending', 'sending', 'sending', 'waiting')).toEqual([]);
});

test.each<[number, WireError | null, string]>([
  [0, null, 'retry'],
  [423, null, 'retry'],
  [409, null, 'retry'],
  [429, { code: 'AUTH_RATE_LIMITED', data: { retryAfterSeconds: 5 } }, 'retry'],
  [502, null, 'retry'],
  [503, null, 'retry'],
  [401, { code: 'AUTH_SESSION_REQUIRED', data: {} }, 'sign-in'],
  [404, null, 'gone'],
  [410, null, 'gone'],
  [403, { code: 'AUTH_FORBIDDEN', data: {} }, 'refused'],
  [400, refusal, 'refused'],
  [413, null, 'refused'],
  // A refusal is one whatever number it travels under.
  [429, refusal, 'refused'],
])('an answer %d with %o: %s', (status, error, failure) => {
  expect(failureOf(status, error)).toBe(failure);
});

test('tries follow each other more and more slowly, up to half a minute, and never end', () => {
  expect([1, 2, 3, 5, 6, 100].map(retryDelay)).toEqual([1000, 2000, 4000, 16_000, 30_000, 30_000]);
});
