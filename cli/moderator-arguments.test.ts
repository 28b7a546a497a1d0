import { describe, expect, test } from 'vitest';
import { readModeratorArguments } from './moderator-arguments.ts';
import { UsageError } from './run-command.ts';

describe('what is asked for', () => {
  test.each<[string[], unknown]>([
    [[], { command: 'help' }],
    [['--help'], { command: 'help' }],
    [['add', '-h'], { command: 'help' }],
    [['list'], { command: 'list' }],
    [['add', 'Anna@Example.RU'], { command: 'add', email: 'anna@example.ru', firstName: 'Модератор', lastName: '' }],
    [['add', 'a@b.ru', '--name', ' Анна  Щукина '], { command: 'add', email: 'a@b.ru', firstName: 'Анна', lastName: 'Щукина' }],
    [['add', '--name=Анна', 'a@b.ru', '--password-stdin'], { command: 'add', email: 'a@b.ru', firstName: 'Анна', lastName: '' }],
    [['add', 'a@b.ru', '--name', 'Ана де ла Крус'], { command: 'add', email: 'a@b.ru', firstName: 'Ана', lastName: 'де ла Крус' }],
    [['password', 'a@b.ru', '--password-stdin'], { command: 'password', email: 'a@b.ru' }],
    [['block', 'a@b.ru'], { command: 'block', email: 'a@b.ru' }],
    [['unblock', 'a@b.ru'], { command: 'unblock', email: 'a@b.ru' }],
    [['totp-off', 'a@b.ru'], { command: 'totp-off', email: 'a@b.ru' }],
    [['remove', 'a@b.ru'], { command: 'remove', email: 'a@b.ru' }],
  ])('%j', (argv, command) => {
    expect(readModeratorArguments(argv)).toEqual(command);
  });
});

describe('what cannot be followed', () => {
  test.each([
    [['promote', 'a@b.ru']],
    [['constructor', 'a@b.ru']],
    [['add']],
    [['add', 'not an address']],
    [['add', 'аnna@example.ru']],
    [['add', 'a@b.ru', 'hunter2hunter2']],
    [['add', 'a@b.ru', '--password', 'hunter2hunter2']],
    [['add', 'a@b.ru', '--password=hunter2hunter2']],
    [['password', 'a@b.ru', 'hunter2hunter2']],
    [['add', 'a@b.ru', '--name']],
    [['add', 'a@b.ru', '--name', 'hunter2hunter2']],
    [['block', 'a@b.ru', '--name', 'Анна']],
    [['block', 'a@b.ru', '--password-stdin']],
    [['list', 'a@b.ru']],
  ])('%j, and no argument is repeated', (argv) => {
    const attempt = () => readModeratorArguments(argv);
    expect(attempt).toThrow(UsageError);
    expect(attempt).not.toThrow(/hunter2/);
  });
});
