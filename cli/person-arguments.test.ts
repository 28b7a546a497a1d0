import { expect, test } from 'vitest';
import { readArguments } from './person-arguments.ts';

test.each([
  [['export', ' ANNA@example.ru', '--to', 'anna.zip'], { command: 'export', email: 'anna@example.ru', to: 'anna.zip', now: false }],
  [['erase', 'anna@example.ru'], { command: 'erase', email: 'anna@example.ru', to: undefined, now: false }],
  [['erase', 'anna@example.ru', '--now'], { command: 'erase', now: true }],
  [[], { command: 'help' }],
  [['erase', '--help'], { command: 'help' }],
])('%j is understood', (args, asked) => {
  expect(readArguments(args)).toMatchObject(asked);
});

test.each([
  [['forget', 'anna@example.ru'], 'Unknown command.'],
  [['erase'], 'One e-mail address is needed.'],
  [['erase', 'anna'], 'One e-mail address is needed.'],
  [['erase', 'anna@example.ru', 'boris@example.ru'], 'One e-mail address is needed.'],
  [['export', 'anna@example.ru'], 'Where to? --to <file.zip>'],
  [['export', 'anna@example.ru', '--to'], 'Unknown option, or one without its value.'],
  [['erase', 'anna@example.ru', '--at-once'], 'Unknown option, or one without its value.'],
])('%j is wrong use', (args, complaint) => {
  expect(() => readArguments(args)).toThrow(complaint);
});
