import { en } from '../plural.ts';
import type { notice as ru } from '../ru/notice.ts';

const talk = {
  files: (n: number) => en(n, '# file, on the site', '# files, on the site'),
  earlier: (n: number) => en(n, '# earlier message, on the site', '# earlier messages, on the site'),
};

export const notice: typeof ru = {
  letter: {
    why: {
      news: 'You get this letter because you follow the school’s news.',
      answer: 'You get this letter because a teacher has replied to you.',
      topic: 'You get this letter because a topic of your course has opened.',
      grade: 'You get this letter because you have new points or remarks.',
      week: 'This letter comes on Mondays with the results of your week.',
      question: 'You get this letter because a student waits for an answer.',
    },
    daily: (n) => `Today: ${en(n, '# notice', '# notices')}`,
    whyDaily: 'This letter comes in the evening with the notices of the day.',
  },
  news: { read: 'Read on the site', test: 'A test: this is what students will see' },
  topic: {
    title: (topic) => `Topic open: ${topic}`,
    text: (course, tasks) => (tasks > 0 ? `Course “${course}”. The topic has ${en(tasks, '# task', '# tasks')}.` : `Course “${course}”.`),
    open: 'Open the topic',
  },
  week: {
    title: (tasks, days) =>
      days > 1 ? `Your week: ${en(tasks, '# task', '# tasks')}, ${days} days in a row` : `Your week: ${en(tasks, '# task', '# tasks')}`,
    titleNothing: 'A new week',
    bell: (tasks) => `The week’s results: ${en(tasks, '# task', '# tasks')}`,
    solved: (dates, tasks, percent) => `In the week of ${dates}: ${en(tasks, '# task', '# tasks')} solved, ${percent}% right first time.`,
    streak: (now, best) => (now > 0 ? `In a row: ${en(now, '# day', '# days')}, the best is ${best}.` : 'A new streak starts today.'),
    nothing: (dates) => `No tasks solved last week, ${dates}. A new streak starts today.`,
    gap: (target, points) => `${en(points, '# primary point', '# primary points')} short of ${target}.`,
    reached: (target) => `The forecast is ${target} or more.`,
    ofCourse: (course, said) => `${course}. ${said}`,
    open: 'All statistics',
    goOn: 'Continue',
    pictureTitle: 'Your week',
  },
  grade: {
    accepted: (points, of) => `Work graded: ${en(points, '# point', '# points')} of ${of}`,
    returned: 'Your work was returned',
    work: (task, topic) =>
      `A teacher has graded your work on the task “${task}” (topic “${topic}”). Points by criterion and remarks are on the site.`,
    returnedWork: (task, topic) =>
      `A teacher has read your work on the task “${task}” (topic “${topic}”) and asks you to improve it. The remarks and the place for the new work are on the site.`,
    examWork: (exam, task) => `A teacher has graded your long answer in the exam “${exam}”, task “${task}”.`,
    toWork: 'See the remarks',
    toResult: 'See the result',
    gained: (points) => `We fixed a key: you gain ${en(points, '# point', '# points')}`,
    keyFix: (task, before, after) =>
      `The task “${task}” had a wrong key. We fixed it and checked the answers anew.\n\nBefore: ${en(before, '# point', '# points')}. Now: ${en(after, '# point', '# points')}.`,
    toTask: 'To the task',
    results: (exam) => `Results of the exam “${exam}”`,
    resultsText: 'Points, right answers and solutions are open.',
  },
  answer: {
    ...talk,
    title: (task, topic) => `Teacher’s reply: task ${task}, ${topic}`,
    titleSupport: 'Teacher’s reply',
    toTask: 'To the task',
    toChat: 'Open the chat',
    reply: 'Reply to this message, and your text goes to the chat.',
  },
  question: {
    ...talk,
    title: (task, topic) => `Question: task ${task}, ${topic}`,
    titleSupport: 'Question to support',
    from: (student) => `From ${student}.`,
    line: (student, text) => (text ? `${student}: ${text}` : student),
    toInbox: 'Open in the inbox',
    reply: 'Reply to this message, and the student sees it in the chat.',
  },
};
