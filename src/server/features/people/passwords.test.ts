import { describe, expect, test } from 'vitest';
import { hashPassword, passwordProblem, verifyAgainstNobody, verifyPassword } from './passwords.ts';

const email = 'teacher.anna@example.ru';

describe('which passwords may be set', () => {
  test.each([
    ['correct horse battery staple', null],
    ['длинная фраза без цифр', null],
    ['кот🐈любит🐟рыбу', null],
    ['          x', null],
    ['x'.repeat(9), 'too-short'],
    // Ten UTF-16 units, five characters.
    ['🐈🐟🐈🐟🐈', 'too-short'],
    [`${'ab'.repeat(127)}cde`, 'too-long'],
    // One sign that is eighteen letters in its plain form.
    ['ﷺ'.repeat(20), 'too-long'],
    ['', 'too-short'],
    ['Teacher.Anna@example.ru', 'same-as-email'],
    ['ｔｅａｃｈｅｒ.ａｎｎａ@example.ru', 'same-as-email'],
    ['teacher.anna', 'same-as-email'],
    ['1234567890', 'common'],
    ['0987654321', 'common'],
    ['qwertyuiop', 'common'],
    ['QWERTYUIOP', 'common'],
    ['йцукенгшщз', 'common'],
    ['Пароль12345', 'common'],
    ['aaaaaaaaaaaa', 'common'],
    ['abcabcabcabc', 'common'],
    ['ｐａｓｓｗｏｒｄ１２３', 'common'],
  ])('%j: %s', (password, problem) => {
    expect(passwordProblem(password, email)).toBe(problem);
  });

  test('what may be set may be typed at the door: at most 256 units', () => {
    const longest = 'correct horse '.repeat(18) + 'x'.repeat(4);
    expect(longest).toHaveLength(256);
    expect(passwordProblem(longest, email)).toBeNull();
    expect(passwordProblem(`${longest}y`, email)).toBe('too-long');
  });
});

describe('hashes', () => {
  test('are argon2id with the agreed cost and a salt of their own', async () => {
    const [first, second] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')]);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(first).not.toBe(second);
  });

  test('fit their password and no other', async () => {
    const hash = await hashPassword('пароль с й и ё');
    expect(await verifyPassword(hash, 'пароль с й и ё')).toBe(true);
    expect(await verifyPassword(hash, 'пароль с й и ё'.normalize('NFD'))).toBe(true);
    expect(await verifyPassword(hash, 'пароль с й и е')).toBe(false);
    expect(await verifyPassword(hash, '')).toBe(false);
  });

  test('nobody is never let in', async () => {
    expect(await verifyAgainstNobody('nobody signs in with this')).toBe(false);
  });
});
