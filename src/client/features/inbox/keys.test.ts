import { describe, expect, test } from 'vitest';
import { commandOf, type InboxCommand } from './keys.ts';

const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const at = { typing: false, inList: false, open: true, letters: true };
type Pressed = Parameters<typeof commandOf>[0];
type Where = Parameters<typeof commandOf>[1];

describe('a key', () => {
  test.each<[string, Partial<Pressed> & { key: string; code: string }, Partial<Where>, InboxCommand | null]>([
    ['j', { key: 'j', code: 'KeyJ' }, {}, 'next'],
    ['j on a Russian layout', { key: 'о', code: 'KeyJ' }, {}, 'next'],
    ['k', { key: 'k', code: 'KeyK' }, {}, 'previous'],
    ['j in a field is a letter', { key: 'j', code: 'KeyJ' }, { typing: true }, null],
    ['J', { key: 'J', code: 'KeyJ', shiftKey: true }, {}, null],
    ['Ctrl+J is the browser’s', { key: 'j', code: 'KeyJ', ctrlKey: true }, {}, null],
    ['down in the list', { key: 'ArrowDown', code: 'ArrowDown' }, { inList: true }, 'next'],
    ['up in the list', { key: 'ArrowUp', code: 'ArrowUp' }, { inList: true }, 'previous'],
    ['down elsewhere scrolls', { key: 'ArrowDown', code: 'ArrowDown' }, {}, null],
    ['r', { key: 'r', code: 'KeyR' }, {}, 'reply'],
    ['r with nothing open', { key: 'r', code: 'KeyR' }, { open: false }, null],
    ['Ctrl+R reloads', { key: 'r', code: 'KeyR', ctrlKey: true }, {}, null],
    ['/', { key: '/', code: 'Slash' }, {}, 'search'],
    ['/ by its place on a Russian layout', { key: '.', code: 'Slash' }, {}, 'search'],
    ['/ in a field', { key: '/', code: 'Slash' }, { typing: true }, null],
    ['Ctrl+/ in the field', { key: '/', code: 'Slash', ctrlKey: true }, { typing: true }, 'templates'],
    ['⌘/', { key: '/', code: 'Slash', metaKey: true }, {}, 'templates'],
    ['Ctrl+/ with nothing open', { key: '/', code: 'Slash', ctrlKey: true }, { open: false }, null],
    ['?', { key: '?', code: 'Slash', shiftKey: true }, {}, 'help'],
    ['? on a Russian layout', { key: '?', code: 'Digit7', shiftKey: true }, {}, 'help'],
    ['e', { key: 'у', code: 'KeyE' }, {}, 'close'],
    ['e with nothing open', { key: 'e', code: 'KeyE' }, { open: false }, null],
    ['Esc', { key: 'Escape', code: 'Escape' }, {}, 'back'],
    ['Esc in a field leaves the field', { key: 'Escape', code: 'Escape' }, { typing: true }, 'leave'],
    ['Esc with nothing open', { key: 'Escape', code: 'Escape' }, { open: false }, null],
    ['Alt+J', { key: 'j', code: 'KeyJ', altKey: true }, {}, null],
    ['j switched off', { key: 'j', code: 'KeyJ' }, { letters: false }, null],
    ['? switched off', { key: '?', code: 'Slash', shiftKey: true }, { letters: false }, null],
    ['arrows are never switched off', { key: 'ArrowDown', code: 'ArrowDown' }, { letters: false, inList: true }, 'next'],
    ['nor is Ctrl+/', { key: '/', code: 'Slash', ctrlKey: true }, { letters: false }, 'templates'],
    ['another letter', { key: 'q', code: 'KeyQ' }, {}, null],
  ])('%s', (_name, pressed, where, expected) => {
    expect(commandOf({ ...plain, ...pressed }, { ...at, ...where })).toBe(expected);
  });
});
