import { expect, test } from 'vitest';
import { registerProblems } from './register-rules.ts';

const draft = { email: 'ilya@example.ru', firstName: 'Илья', lastName: 'Соколов', phone: '' };

test('a filled form with consent has no problems', () => {
  expect(registerProblems(draft, true)).toEqual({});
});

test('everything that is missing is named', () => {
  expect(registerProblems({ email: '', firstName: ' ', lastName: 'Соколов 2', phone: 'любой' }, false)).toEqual({
    email: 'required',
    firstName: 'required',
    lastName: 'name-invalid',
    consentVersion: 'consent-required',
  });
});
