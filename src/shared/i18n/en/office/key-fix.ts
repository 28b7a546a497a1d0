import type { OfficeCatalogue } from '../../office-catalogue.ts';
import { en } from '../../plural.ts';

const points = (n: number) => en(n, '# point', '# points');

export const keyFix: OfficeCatalogue['keyFix'] = {
  title: 'The key has changed',
  lead: (answers) => `${en(answers, '# answer has', '# answers have')} been given to this task. We will grade them again when you publish.`,
  exams: (attempts) => `${en(attempts, '# answer has', '# answers have')} been given to it in exams that are over.`,
  examsBetter: (attempts) => `In exams, ${en(attempts, '# attempt gains', '# attempts gain')} points.`,
  examsWorse: (attempts) =>
    `In exams, ${en(attempts, '# attempt has an answer', '# attempts have an answer')} worth less by the new key. They keep their points unless you tick the box.`,
  takeInExams: (attempts) => en(attempts, 'Take the points in # attempt', 'Take the points in # attempts'),
  gain: (students, sum) => `${en(students, '# student gains', '# students gain')} ${points(sum)} in all. We will write to them.`,
  gainNobody: 'Nobody gains points.',
  lose: (students, sum) =>
    `${en(students, '# student has an answer', '# students have an answer')} worth less by the new key, ${points(sum)} in all. They keep their points unless you tick the box.`,
  loseNobody: 'Nobody loses points.',
  nothing: 'No answer will be graded differently.',
  take: (students) => en(students, 'Take the points from # student', 'Take the points from # students'),
  takeNote: 'Only another change of the key can give them back.',
  table: 'Answers that will be graded differently',
  column: { answer: 'Answer', count: 'Times', before: 'Before', after: 'After' },
  unread: 'cannot be read by the new key',
  more: (n) => `And ${en(n, '# other answer', '# other answers')}.`,
  verdict: { right: 'correct', partly: 'almost', wrong: 'wrong' },
  grade: (verdict, n) => `${verdict}, ${points(n)}`,
  stays: 'stays as it was',
  cancel: 'Do not publish',
  publish: 'Publish',
  publishAndRegrade: (answers) => en(answers, 'Publish and regrade # answer', 'Publish and regrade # answers'),
  publishing: 'Regrading',
};
