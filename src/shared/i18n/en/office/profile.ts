import type { OfficeCatalogue } from '../../office-catalogue.ts';
import { en } from '../../plural.ts';

export const profile: OfficeCatalogue['profile'] = {
  load: 'Your page could not be loaded',
  work: 'Reviews',
  graded: (n) => en(n, '# work reviewed', '# works reviewed'),
  gradedMonth: (n) => (n === 0 ? 'None in the last 30 days.' : `${n} of them in the last 30 days.`),
  noneGraded: 'You have not reviewed a work yet',
  since: (date) => `In the office since ${date}`,
  recent: 'What you did',
  recentEmpty: 'Nothing yet. What you change in the school will appear here.',
  recentLoad: 'Your deeds could not be loaded',
  all: 'All you did, in the journal',
  toOffice: 'To the office',
  password: {
    title: 'Password',
    text: 'When it changes, all other devices are signed out.',
    former: 'Present password',
    next: 'New password',
    nextHelp: 'At least 10 characters. A long phrase is safer than signs and digits.',
    show: 'Show password',
    save: 'Change password',
    saving: 'Changing',
    changed: (sessions) =>
      sessions === 0 ? 'Password changed.' : `Password changed. ${en(sessions, '# device', '# devices')} signed out.`,
    wrongFormer: 'This is not the present password',
    same: 'The new password is the present one',
    problem: {
      'too-short': 'Too short: at least 10 characters',
      'too-long': 'Too long: at most 256 characters',
      'same-as-email': 'The password is your e-mail',
      common: 'This password is easy to guess',
    },
  },
};
