import type { errors as ru } from '../ru/errors.ts';

export const errors: typeof ru = {
  byCode: {
    AUTH_SESSION_REQUIRED: 'Your session ended. We will send a code; your text stays here.',
    AUTH_FORBIDDEN: 'This page is for teachers only.',
    AUTH_BAD_ORIGIN: 'The request came from another page. Reload this one and try again.',
    AUTH_RATE_LIMITED: 'Too many attempts. Try again a little later.',
    COURSES_NOT_FOUND: 'There is no such course.',
    COURSES_NO_ACCESS: 'This course is not open to you yet.',
    TOPICS_NOT_FOUND: 'There is no such topic.',
    TOPICS_NOT_OPEN: 'This topic is not open yet.',
    TASKS_NOT_FOUND: 'There is no such task.',
    TASKS_SOLUTION_CLOSED: 'The solution is not open yet.',
    TASKS_CLIENT_ID_REUSED: 'This answer was already sent with another text. Send it again.',
    FILES_NOT_FOUND: 'There is no such file.',
    INPUT_INVALID: 'Check what you entered.',
    NOT_FOUND: 'There is no such page.',
    UNEXPECTED: 'The fault is ours. Try again.',
  },
  field: {
    required: 'Fill in this field',
    'too-long': 'Too long',
    invalid: 'This cannot be written so',
    'email-invalid': 'Check the address: it looks like name@example.com',
    'email-mixed-script': 'The address has non-Latin letters. Check the keyboard layout',
    'name-invalid': 'Letters, hyphen, apostrophe and full stop only',
    'phone-invalid': 'There is no such number. Example: +7 900 000-00-00',
    'consent-required': 'An account needs your consent. Read it and tick the box.',
    'consent-outdated': 'The consent text has changed. Read it and tick the box again.',
  },
};
