import type { unsubscribe as ru } from '../../ru/notices/unsubscribe.ts';

export const unsubscribe: typeof ru = {
  title: 'Letters from Otlichno',
  failed: 'Could not open this page',
  kinds: {
    answer: 'about teachers’ replies',
    grade: 'about graded works and exams',
    topic: 'about new topics',
    news: 'with school news',
    week: 'with weekly results',
    question: 'about students’ questions',
    payment: 'about payments',
    alert: 'about payments that want a look',
  },
  ask: (letters) => `No more letters ${letters}?`,
  askText: 'Other letters, Telegram messages and notifications on the site stay.',
  off: 'Unsubscribe',
  turningOff: 'Unsubscribing',
  done: (letters) => `No more letters ${letters}`,
  doneText: 'You can have them back here or in the settings of notifications.',
  on: 'Undo',
  turningOn: 'Undoing',
  back: (letters) => `Letters ${letters} will come again`,
  settings: 'All settings of notifications',
  unknownTitle: 'This link does not work',
  unknown: 'It may have been copied in part. Open it from the letter once more, or switch letters off in the settings.',
};
