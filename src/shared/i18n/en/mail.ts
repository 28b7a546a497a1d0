import { en } from '../plural.ts';
import type { mail as ru } from '../ru/mail.ts';

export const mail: typeof ru = {
  code: {
    subject: (code) => `${code} is your Otlichno code`,
    text: (code, minutes) =>
      `Your code: ${code}\n\nEnter it on the page where you asked for it. It works once, for ${minutes} minutes.\n\nIf you did not ask for a code, do nothing: nobody can sign in without it.\n\nOtlichno`,
  },
  alreadyRegistered: {
    text: (code, minutes) =>
      `You already have an account with this address, so there is no need to register again.\n\nYour sign-in code: ${code}\n\nIt works once, for ${minutes} minutes.\n\nOtlichno`,
  },
  noAccount: {
    subject: 'Signing in to Otlichno: no account with this address',
    text: (registerUrl) =>
      `Somebody asked for a sign-in code with your address, but there is no account with it.\n\nIf it was you, register or check which address you registered with: ${registerUrl}\n\nIf not, do nothing.\n\nOtlichno`,
  },
  moderator: {
    subject: 'Signing in to Otlichno for teachers',
    text: (loginUrl) =>
      `Somebody asked for a sign-in code with your address. Teachers sign in with a password: ${loginUrl}\n\nIf it was not you, do nothing.\n\nOtlichno`,
  },
  work: {
    accepted: (points, of) => `Your work is graded: ${points} of ${en(of, '# point', '# points')}`,
    acceptedText: (points, of, { task, topic, url }) =>
      `A teacher graded your work on “${task}” (topic “${topic}”): ${points} of ${en(of, '# point', '# points')}.\n\nPoints by criterion and remarks: ${url}\n\nOtlichno`,
    examText: (points, of, { task, exam, url }) =>
      `A teacher graded your long answer in the exam “${exam}”, task “${task}”: ${points} of ${en(of, '# point', '# points')}.\n\nResult of the exam: ${url}\n\nOtlichno`,
    returned: 'Your work was returned',
    returnedText: ({ task, topic, url }) =>
      `A teacher read your work on “${task}” (topic “${topic}”) and asks you to go over it again.\n\nRemarks, and the place for a new work: ${url}\n\nOtlichno`,
  },
  keyFix: {
    subject: (points) => `We fixed a key: you gain ${en(points, '# point', '# points')}`,
    text: (task, before, after, url) =>
      `The key of the task “${task}” was wrong. We fixed it and graded all answers again.\n\nBefore: ${en(before, '# point', '# points')}. Now: ${en(after, '# point', '# points')}.\n\nThe task and your answers: ${url}\n\nOtlichno`,
  },
};
