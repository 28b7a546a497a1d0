import { en } from '../../plural.ts';
import type { personalData as ru } from '../../ru/account/personal-data.ts';

export const personalData: typeof ru = {
  archive: {
    title: 'Everything that is kept about you',
    text: 'One archive: data for programs and as a table, your works, photos and the files of your chats. Nobody else is in it but the names of teachers who wrote to you.',
    download: 'Download the archive',
  },
  leave: {
    title: 'Deleting the account',
    text: 'The account is closed at once, and the data are erased after seven days.',
    open: 'Delete the account',
  },
  erase: {
    title: 'Delete the account',
    goesTitle: 'What will be erased',
    goes: [
      'the profile: name, e-mail, phone, settings, the link to Telegram;',
      'answers, statistics, attempts at exams, works with photos and remarks;',
      'what you wrote to teachers and they to you, with files;',
      'notifications, sign-ins, the row in the table of registrations.',
    ],
    staysTitle: 'What stays',
    stays: [
      'Records of payments: amount, day, number of the order, course. The law on accounting demands it, for five years. Without name and e-mail.',
      'Entries of the journal that teachers changed something, without your name.',
      'Backups, until newer ones replace them. When one is restored, your data are erased again.',
    ],
    whenTitle: 'How it goes',
    when: (days) =>
      `The account is closed at once, on all devices, and no more letters or notifications come. The data are erased after ${en(days, '# day', '# days')}. Until then you may change your mind: sign in as usual and press “Keep the account”.`,
    paid: 'Courses you paid for go with the account, and the money does not come back by itself. Subscriptions are cancelled at once and do not resume if you keep the account; the bank forgets saved cards.',
    archiveFirst: 'Download the archive before deleting',
    ask: 'Get a code by e-mail',
    asking: 'Sending the code',
    sent: (email) => `A code was sent to ${email}. Without it the account cannot be deleted.`,
    confirm: 'Delete the account',
    closing: 'Closing',
    back: 'Do not delete',
  },
  closed: {
    title: 'The account is closed',
    text: (date) =>
      `The data will be erased on ${date}. Until then you may change your mind: sign in as usual and press “Keep the account”.`,
    home: 'To the home page',
  },
  keep: {
    title: 'The account is closed and will be deleted',
    text: (date) => `You asked for this account to be deleted. On ${date} the data will be erased.`,
    keep: 'Keep the account',
    keeping: 'Opening the account',
    over: 'It cannot be taken back any more: too much time has passed. Ask for a code once more, or register anew.',
  },
  consent: {
    title: 'New edition of the consent',
    text: (edition) => `The text of the consent to data processing has changed. Read the edition of ${edition} and confirm that you agree.`,
    first: (edition) => `For the school to keep your data it needs your consent. Read the edition of ${edition}.`,
    agree: 'I agree',
    agreeing: 'Saving',
    otherwise: 'If you do not agree, you may download your data and delete the account.',
    load: 'The text of the consent could not be loaded',
  },
};
