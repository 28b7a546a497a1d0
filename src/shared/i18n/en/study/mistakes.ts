import { en } from '../../plural.ts';
import type { StudyCatalogue } from '../../study-catalogue.ts';

export const mistakes: StudyCatalogue['mistakes'] = {
  title: 'Mistakes for today',
  failed: 'Could not load the mistakes',
  rule: 'A task you got wrong comes back after 1, 3, 7 and 21 days. A wrong answer starts the count again. These answers do not affect your progress or streak.',
  done: (n, of) => `${n} of ${of} done`,
  later: (n, aDay) => `${en(n, '# more task waits', '# more tasks wait')} until tomorrow: we offer no more than ${aDay} a day.`,
  step: (n, of) => `Review ${n} of ${of}`,
  inTopic: (title) => `Task in the topic “${title}”`,
  inExam: 'Task in the exam',
  back: (date) => `Comes back on ${date}.`,
  backTomorrow: 'Comes back tomorrow.',
  learnt: 'It will not come back: all four reviews are done.',
  tryAgain: 'You can try again.',
  empty: 'No mistakes for today',
  emptyNext: (date) => `Next review ${date}.`,
  emptyNextTomorrow: 'Next review tomorrow.',
  emptyNever: 'Tasks you get wrong will appear here.',
  allDone: 'Done for today',
  allDoneNothing: 'Nothing is left to review.',
  toCourses: 'To the courses',
  toHome: 'To the home page',
  home: {
    all: (n) => (n > 4 ? `All ${n}` : `Review all ${n}`),
    one: 'Review',
    examNumber: (n) => `No. ${n}`,
    wrong: (n) => (n <= 1 ? 'wrong yesterday' : n === 7 ? 'wrong a week ago' : `wrong ${n} days ago`),
  },
};
