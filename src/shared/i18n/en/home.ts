import type { home as ru } from '../ru/home.ts';

export const home: typeof ru = {
  title: 'An online school for the EGE exam: theory, videos and tasks that are checked at once',
  choose: 'Choose a course',
  already: 'Already studying?',
  signIn: 'Sign in with a code',
  courses: 'Courses',
  coursesLead: 'The number in the name is the score the course is made for. Programme and dates are open to everyone.',
  how: {
    title: 'How studying works',
    items: [
      {
        fact: 'Day and hour',
        title: 'Topics open on schedule',
        text: 'The date of every topic is known in advance. An open topic stays open until the exam.',
      },
      {
        fact: '12.50 = 12.5',
        title: 'Answers are checked at once',
        text: 'By the rules of the exam, with points for a part of the answer. You see how we read it: a slip of notation costs no attempt.',
      },
      {
        fact: 'Hint and solution',
        title: 'A mistake is explained on the spot',
        text: 'After wrong answers there is a hint; the solution opens as soon as the task is solved.',
      },
    ],
  },
};
