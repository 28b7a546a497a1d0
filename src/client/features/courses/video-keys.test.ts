import { describe, expect, test } from 'vitest';
import { readSpeed, speedAfter, videoActionOf } from './video-keys.ts';

const key = (code: string, over: object = {}) => ({ code, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...over });

describe('keys', () => {
  test.each([
    ['KeyK', { kind: 'toggle' }],
    ['ArrowLeft', { kind: 'seek', by: -5 }],
    ['ArrowRight', { kind: 'seek', by: 5 }],
    ['KeyJ', { kind: 'seek', by: -10 }],
    ['KeyL', { kind: 'seek', by: 10 }],
    ['ArrowUp', { kind: 'volume', by: 0.1 }],
    ['ArrowDown', { kind: 'volume', by: -0.1 }],
    ['KeyM', { kind: 'mute' }],
    ['KeyF', { kind: 'fullscreen' }],
    ['Space', null],
    ['Tab', null],
    ['Comma', null],
  ])('%s', (code, action) => {
    expect(videoActionOf(key(code))).toEqual(action);
  });

  test('speed by < and >', () => {
    expect(videoActionOf(key('Period', { shiftKey: true }))).toEqual({ kind: 'speed', step: 1 });
    expect(videoActionOf(key('Comma', { shiftKey: true }))).toEqual({ kind: 'speed', step: -1 });
  });

  test.each(['ctrlKey', 'metaKey', 'altKey'])('with %s it is the browser’s', (held) => {
    expect(videoActionOf(key('KeyF', { [held]: true }))).toBeNull();
  });
});

test('speeds go up and down their row and stop at its ends', () => {
  expect(speedAfter(1, 1)).toBe(1.25);
  expect(speedAfter(1, -1)).toBe(0.75);
  expect(speedAfter(2, 1)).toBe(2);
  expect(speedAfter(0.75, -1)).toBe(0.75);
  expect(speedAfter(0.5, 1)).toBe(0.75);
});

test('only a speed of the row is remembered', () => {
  expect(['1.5', '2', '17', 'x', null].map(readSpeed)).toEqual([1.5, 2, 1, 1, 1]);
});
