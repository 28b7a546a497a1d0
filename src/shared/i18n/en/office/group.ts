import type { OfficeCatalogue } from '../../office-catalogue.ts';
import { en } from '../../plural.ts';

export const group: OfficeCatalogue['group'] = {
  load: 'The table could not be loaded',
  count: (n) => en(n, '# student', '# students'),
  countOver: (n) => `over ${n} students`,
  download: 'Download Excel',
  downloadNote: 'The table holds everyone the filter shows. The export is noted in the journal.',
  similar: 'No exact match. Similar names:',
  search: 'Name, e-mail or phone',
  activity: 'Activity',
  activities: { all: 'Any activity', week: 'Active within 7 days', idle: 'Not active for 7 days' },
  reset: 'Reset the filter',
  nobody: 'Nobody matches. Reset the filter.',
  empty: 'Nobody takes this course yet',
  emptyText: 'Students appear here once they open a topic of a free course or get the course from you.',
  emptyAction: 'Give a student the course',
  table: 'Students by topic',
  scroll: 'A table that scrolls sideways',
  column: { name: 'Student', tasks: 'Solved', active: 'Last answer' },
  topic: (number, title) => `Topic ${number}. ${title}`,
  locked: 'not open yet',
  topicTasks: (n) => en(n, '# task', '# tasks'),
  cell: (done, total) => `${done}/${total}`,
  cellNote: (solved, of, tried, firstTry) => {
    if (tried === 0) return 'Not tried';
    const stuck = tried > solved ? `, ${tried - solved} not yet right` : '';
    return `${solved} of ${of} solved, ${firstTry} at the first try${stuck}`;
  },
  tasksNote: (done, total) => `${en(done, '# task', '# tasks')} of ${total} solved`,
  never: 'No answers yet',
  blocked: 'Access closed',
  legend: {
    title: 'How to read the table',
    cell: 'The number in a cell: how many tasks of the topic are solved, of all.',
    shades: {
      none: 'not tried',
      tried: 'tried, nothing solved yet',
      some: 'up to half solved',
      most: 'more than half',
      all: 'all',
    },
    topics: 'Topics',
  },
  noTasks: 'The course has no published tasks yet.',
  hardest: {
    title: 'Hardest tasks',
    note: 'First those that the smallest share of those who tried has solved. Tasks tried by at least 5 students; the numbers are up to a minute old.',
    load: 'The hardest tasks could not be loaded',
    none: 'Nothing to tell yet',
    noneText: 'A task appears here once at least 5 students have tried it and somebody has got it wrong.',
    column: { task: 'Task', solved: 'Solved', firstTry: 'At first try', wrong: 'Wrong per student' },
    number: (n) => `No. ${n}`,
    of: (n, all) => `${n} of ${all}`,
    answers: 'Answers',
    answersOf: (title) => `Answers to “${title}”`,
  },
};
