import { en } from '../../plural.ts';
import type { StudyCatalogue } from '../../study-catalogue.ts';

const tasks = (n: number) => en(n, '# task', '# tasks');
const daysOf = (n: number) => en(n, '# day', '# days');

type Forecast = StudyCatalogue['statistics']['forecast'];

const earlyRule: Forecast['earlyRule'] = ({ leastAnswers, leastNumbers, days }) =>
  `The forecast takes ${en(leastAnswers, '# answer', '# answers')} within ${daysOf(days)} to tasks of at least ${en(leastNumbers, '# number', '# numbers')} of the exam.`;
const earlyCounts: Forecast['earlyCounts'] = ({ answers, numbers }) =>
  `${en(answers, '# answer', '# answers')}, ${en(numbers, '# number', '# numbers')}`;

export const statistics: StudyCatalogue['statistics'] = {
  showNumbers: 'Show the numbers',
  headSolved: 'Tasks solved',
  chartFailed: 'The chart did not load. The same numbers are in the table below.',
  forecast: {
    title: 'Forecast',
    now: {
      before: 'Right now it is ',
      score: (n) => en(n, '# point', '# points'),
      after: (primary, max) => `: ${primary} of ${max} primary points.`,
    },
    reached: (target) => `The target of ${target}+ is reached.`,
    gaps: (gaps) =>
      `${gaps
        .map((gap, at) =>
          at === 0
            ? `${en(gap.points, '# primary point', '# primary points')} short of ${gap.score}+`
            : `${gap.points} short of ${gap.score}+`,
        )
        .join(', ')}.`,
    range: (low, high) =>
      low === high
        ? `Most likely ${low}: so it turns out four times in five.`
        : `Most likely ${low} to ${high}: so it turns out four times in five.`,
    basis: ({ years, days, own }) =>
      [
        `By the ${years.length > 1 ? `scales of ${years.slice(0, -1).join(', ')} and ${years.at(-1)}` : `scale of ${years[0]}`} and ${own ? 'your' : 'the student’s'} answers of the last ${daysOf(days)}.`,
        'The first answer to a task counts, numbers without answers give 0.',
        own ? 'The more topics are done, the closer the forecast.' : '',
      ]
        .filter(Boolean)
        .join(' '),
    early: (rule, basis) => `${earlyRule(rule)} So far: ${earlyCounts(basis)}.`,
    earlyRule,
    earlyCounts,
    impossible: 'The tasks of this course have no exam numbers, so there is no forecast.',
    scale: ({ now, low, high, target }) => `Scale from 0 to 100: forecast ${now}, most likely ${low} to ${high}, target ${target}`,
  },
  activity: {
    title: 'Activity over the year',
    total: (solved, days) => `${tasks(solved)} on ${daysOf(days)}, all courses`,
    sentence: ({ most, days, run }) => `The most in a day: ${most}. The longest streak of the year: ${daysOf(days)}, ${run}.`,
    day: (day, solved) => (solved === 0 ? `${day}: no tasks solved` : `${day}: ${tasks(solved)}`),
    empty: 'Activity will appear after the first solved task.',
    zone: 'A task counts once, on the day it was first solved. Moving to another time zone changes no day that has been counted.',
    box: 'Calendar of solved tasks, arrow keys choose a day',
    headDay: 'Day',
    less: 'less',
    more: 'more',
    months: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
    weekdays: ['', 'Mon', '', 'Wed', '', 'Fri', ''],
  },
  weeks: {
    title: 'By week',
    now: 'now',
    headWeek: 'Week',
    week: (range, solved) => `${range}: ${tasks(solved)}`,
    sentence: ({ now, best }) => `This week: ${tasks(now)}. The most in 12 weeks: ${best}.`,
    empty: 'No tasks solved in the last 12 weeks.',
  },
  topics: {
    title: 'Accuracy by topic',
    of: (done, total) => `${done} of ${total} right first time`,
    empty: 'Accuracy will appear after the first answer.',
    all: (n) => `Show all topics: ${n}`,
    less: 'Show fewer',
  },
};
