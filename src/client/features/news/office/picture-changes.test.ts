import { expect, test } from 'vitest';
import { type PictureChange, type Placed, queued, withChange } from './picture-changes.ts';

const shown = (pictures: readonly Placed[]) => pictures.map(({ id, alt }) => id + alt).join(' ');
const two = [
  { id: 'a', alt: '1' },
  { id: 'b', alt: '2' },
];

test.each<[PictureChange, string]>([
  [{ kind: 'add', id: 'c', alt: '3' }, 'a1 b2 c3'],
  // The answer to the first request was lost.
  [{ kind: 'add', id: 'b', alt: '' }, 'a1 b2'],
  [{ kind: 'remove', id: 'a' }, 'b2'],
  [{ kind: 'remove', id: 'x' }, 'a1 b2'],
  [{ kind: 'move', id: 'b', by: -1 }, 'b2 a1'],
  [{ kind: 'move', id: 'b', by: 1 }, 'a1 b2'],
  [{ kind: 'move', id: 'a', by: -1 }, 'a1 b2'],
  [{ kind: 'describe', id: 'b', alt: 'новое' }, 'a1 bновое'],
  [{ kind: 'describe', id: 'x', alt: 'новое' }, 'a1 b2'],
])('%j', (change, expected) => {
  expect(shown(withChange(two, change))).toBe(expected);
});

test('of a description that is being typed only the last waits, and nothing else is left out', () => {
  const changes: PictureChange[] = [
    { kind: 'describe', id: 'a', alt: 'г' },
    { kind: 'describe', id: 'a', alt: 'гр' },
    { kind: 'move', id: 'a', by: 1 },
    { kind: 'describe', id: 'a', alt: 'гра' },
    { kind: 'describe', id: 'b', alt: 'ф' },
  ];
  expect(changes.reduce(queued, [] as PictureChange[])).toEqual([changes[1], changes[2], changes[3], changes[4]]);
});
