import { en } from '../plural.ts';
import type { mail as ru } from '../ru/mail.ts';

export const mail: typeof ru = {
  frame: { brand: 'Otlichno', brandInText: 'Otlichno', settings: 'Notification settings', unsubscribe: 'Unsubscribe from such letters' },
  weekPicture: {
    solved: 'tasks solved',
    right: 'at the first try',
    alt: (solved, right) => `${en(solved, '# task', '# tasks')} solved, ${right} at the first try. By day:`,
  },
  code: {
    subject: (code) => `${code} is your Otlichno code`,
    title: 'Your sign-in code',
    before: [],
    label: 'Your code',
    after: (minutes) => [
      `Enter it on the page where you asked for it. It works once, for ${en(minutes, '# minute', '# minutes')}.`,
      'If you did not ask for a code, do nothing: nobody can sign in without it.',
    ],
  },
  erase: {
    subject: (code: string) => `${code} is the code to delete your Otlichno account`,
    title: 'Deleting your account',
    before: ['We were asked to delete your account and everything the school keeps about you.'],
    label: 'Code to delete',
    after: (minutes: number) => [
      `Enter it on the page where you asked for it. The code works for ${en(minutes, '# minute', '# minutes')} and once only.`,
      'If it was not you who wants this, tell nobody the code and end sessions that are not yours: profile, “Devices”.',
    ],
  },
  alreadyRegistered: {
    title: 'You already have an account',
    before: ['There is an account with this address, so there is no need to register again. Sign in with the code.'],
    label: 'Your sign-in code',
    after: (minutes) => [`It works once, for ${en(minutes, '# minute', '# minutes')}.`],
  },
  noAccount: {
    title: 'Signing in to Otlichno: no account with this address',
    before: [
      'Somebody asked for a sign-in code with your address, but there is no account with it.',
      'If it was you, register or check which address you registered with.',
    ],
    button: 'Register',
    after: ['If not, do nothing.'],
  },
  moderator: {
    title: 'Signing in to Otlichno for teachers',
    before: ['Somebody asked for a sign-in code with your address. Teachers sign in with a password.'],
    button: 'Sign in with a password',
    after: ['If it was not you, do nothing.'],
  },
};
