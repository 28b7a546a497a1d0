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
      payment: 'You get this letter because you pay for a course on the school’s site.',
      alert: 'You get this letter because a payment wants a teacher to look.',
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
  payment: {
    toCourse: 'Open the course',
    toOrder: 'See the order',
    toSubscription: 'Manage the subscription',
    toPay: 'Pay with another card',
    toPayments: 'My payments',
    paid: {
      title: (sum) => `Payment received: ${sum}`,
      titleFree: (course) => `The course “${course}” is open`,
      once: (course) => `The course “${course}” is yours for good.`,
      month: (course, until) => `The course “${course}” is paid until ${until}.`,
      order: (number, date) => `Order no.\u00a0${number} of ${date}`,
      sum: (sum) => `Amount: ${sum}`,
      instead: (list) => `With a promo code, ${list} without it`,
      free: 'Free with a promo code',
      next: (date, sum) => `The next charge is on ${date}, ${sum}. You can cancel any day with one button.`,
      test: 'This is a test payment: no money was charged.',
      receipt: 'The receipt comes in a letter of its own, to the address in the order.',
    },
    refund: {
      title: (sum) => `Refund: ${sum}`,
      text: (sum, course, number) => `We have refunded ${sum} for the course “${course}”, order no.\u00a0${number}.`,
      double: 'The order was paid twice, so the second payment went back. The course stays open.',
      closed: 'The course is closed. All you have solved is kept.',
      stays: 'The course stays open.',
      when: 'When the money is in your account depends on your bank: usually it takes a few days.',
    },
    soon: {
      title: (date, sum) => `${sum} will be charged on ${date}`,
      text: (course, date, sum, card) =>
        `On ${date} we charge ${sum}${card === null ? '' : ` to the card ${card}`} for the next month of the course “${course}”.`,
      cancel: 'If you do not want to go on, cancel before that: the course stays open to the end of the month you have paid for.',
    },
    failed: {
      title: (sum) => `${sum} could not be charged`,
      text: (course, sum, card) =>
        `${sum} for the next month of the course “${course}” could not be charged${card === null ? '' : ` to the card ${card}`}.`,
      why: {
        funds: 'There was not enough money on the card.',
        card: 'The card is no longer good: it may have expired.',
        limit: 'A limit of the bank or the card was reached.',
        bank: 'The bank refused and gave no reason.',
        foreign: 'Cards of that country are not accepted.',
        'three-ds': 'The bank wants the payment to be confirmed.',
        technical: 'The bank has a fault.',
        other: 'The bank refused.',
      },
      again: (date) => `We try again on ${date}. If you do not want to wait, pay for the month with another card.`,
      otherCard: 'We charge nothing more to this card. Pay for the month with another one, and the subscription goes on.',
      openUntil: (time) => `The course is open until ${time}.`,
    },
    ended: {
      title: (course) => `Your subscription to “${course}” has ended`,
      reasons: {
        cancelled: 'The subscription is cancelled, nothing more is charged.',
        unpaid: 'The next month was not paid, so the subscription has ended.',
        refunded: 'The money was refunded and the course is closed. All you have solved is kept.',
        replaced: 'The course is now yours for good, so the subscription is not needed: nothing more is charged.',
        'course-gone': 'The course is no longer sold by the month, so nothing more is charged.',
        'no-card': 'The bank kept no card that can be charged, so the subscription does not go on.',
      },
      open: (date) => `The course is open until ${date}.`,
      closed: 'The course is closed. All you have solved is kept: you can come back any day.',
    },
  },
  alert: {
    look: 'Look into it',
    about: (number, provider) => (number === null ? `${provider}.` : `Order no.\u00a0${number}, ${provider}.`),
    sums: (expected, found) =>
      expected !== null && found !== null
        ? `Expected ${expected}, the bank has ${found}.`
        : found !== null
          ? `Amount: ${found}.`
          : expected !== null
            ? `Amount: ${expected}.`
            : '',
    providers: { tbank: 'T-Bank', cloudpayments: 'CloudPayments' },
    issues: {
      'paid-not-granted': {
        title: 'Paid, and the course is not open',
        text: 'The bank lists the money, but the server could not confirm the payment. Check the order.',
      },
      'granted-not-paid': {
        title: 'The course is open, but the bank has no payment',
        text: 'The order is paid in our books, and the bank does not confirm it.',
      },
      'amount-differs': { title: 'The amounts differ', text: 'We and the bank have different amounts of one payment.' },
      'unknown-payment': { title: 'An unknown payment', text: 'The bank has a payment that belongs to none of our orders.' },
      'refund-differs': {
        title: 'The refunds differ',
        text: 'We and the bank have refunded different amounts. If it was done in the bank’s cabinet, record it in the order.',
      },
      'receipt-missing': { title: 'No receipt', text: 'The payment went through, but no receipt was made.' },
      held: {
        title: 'A payment is held',
        text: 'What came is not what we asked for: another amount, currency, payer or a test card. The course is not open: accept the payment or send the money back.',
      },
      double: { title: 'An order was paid twice', text: 'The second payment goes back by itself. Check that it did.' },
      late: {
        title: 'Paid after the order was closed',
        text: 'The money came late. The course is open. If the student does not want it any more, refund the order.',
      },
      'unknown-outcome': {
        title: 'The bank does not say how it ended',
        text: 'For an hour it has not been known whether a charge or a refund went through. Look in the bank’s cabinet.',
      },
      'refund-failed': { title: 'A refund failed', text: 'The bank would not send the money back. The reason is in the order.' },
      chargeback: {
        title: 'A payment is disputed',
        text: 'The payer complained to their bank, which takes the money back. Answer the bank in time.',
      },
      'provider-trouble': {
        title: 'Payments do not work',
        text: 'The bank refuses our keys or has been silent for over an hour. Check the settings and its cabinet.',
      },
    },
  },
};
