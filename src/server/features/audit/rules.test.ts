import { expect, test } from 'vitest';
import { changesOf } from './rules.ts';

const change = (field: string, before: unknown, after: unknown) => ({ field, before, after, long: false });

test.each<[string, unknown, unknown, unknown[]]>([
  ['nothing known', null, null, []],
  ['a title', { title: 'Степени' }, { title: 'Корни' }, [change('title', 'Степени', 'Корни')]],
  ['what stayed the same', { title: 'Степени', target: 60 }, { title: 'Степени', target: 80 }, [change('target', 60, 80)]],
  ['fields that were not touched', { firstName: 'Илья', phone: '+7' }, { firstName: 'Иван' }, [change('firstName', 'Илья', 'Иван')]],
  ['something new', null, { title: 'Степени' }, [change('title', null, 'Степени')]],
  ['something gone', { title: 'Степени' }, null, [change('title', 'Степени', null)]],
  [
    'a key with everything in it',
    { spec: { kind: 'number', key: '5', tolerance: '0,1' }, points: 1 },
    { spec: { kind: 'number', key: '7' }, points: 1, gained: 3 },
    [change('spec.key', '5', '7'), change('spec.tolerance', '0,1', null), change('gained', null, 3)],
  ],
  [
    'lists, tables and options',
    { spec: { key: ['a', 'b'], options: [{ id: 'a', text: 'да' }] } },
    { spec: { key: [['1', '2'], ['3']], options: [{ id: 'a', text: 'нет' }] } },
    [change('spec.key', 'a, b', '1 · 2; 3'), change('spec.options', 'a да', 'a нет')],
  ],
  ['a switch', { hidden: false }, { hidden: true }, [change('hidden', false, true)]],
  ['zero is no absence', { points: 0 }, { points: null }, [change('points', 0, null)]],
])('%s', (_, before, after, changes) => {
  expect(changesOf(before, after)).toEqual(changes);
});

test('of a long text only that it changed', () => {
  const [found] = changesOf({ source: 'строка\nвторая' }, { source: 'x'.repeat(200) });
  expect(found).toEqual({ field: 'source', before: null, after: null, long: true });
});

test('no secret is shown, should one be written down', () => {
  expect(changesOf({ passwordHash: 'a' }, { passwordHash: 'b', token: 'c', secrets: { code: '1' } })).toEqual([]);
});
