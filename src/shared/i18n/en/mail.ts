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
};
