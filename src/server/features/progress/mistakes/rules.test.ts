import { describe, expect, test } from 'vitest';
import { addDays } from '../rules.ts';
import { type AnsweredAt, afterAnswer, nextDay, portionOf, rungOf } from './rules.ts';

/** «12 10:00 right» of November 2026: the day is the student's own, the hour says what came first. */
function read(line: string): AnsweredAt & { right: boolean } {
  const [day = '', hour = '', verdict] = line.split(' ');
  const on = addDays('2026-11-01', Number(day) - 1);
  return { at: Date.parse(`${on}T${hour}:00Z`), on, right: verdict === 'right' };
}
const standing = (wrong: string[], answers: string[]) => {
  const rung = rungOf(wrong.map(read), answers.map(read));
  return rung && `${rung.step} on ${rung.dueOn}`;
};

describe('where a task stands', () => {
  test.each<[string, string[], string[], string | null]>([
    ['never wrong: on no ladder', [], [], null],
    ['a mistake comes back the next day', ['10 12:00'], [], '1 on 2026-11-11'],
    ['the last mistake counts', ['10 12:00', '12 09:00'], [], '1 on 2026-11-13'],
    ['a right answer on its day leads to three days later', ['10 12:00'], ['11 08:00 right'], '2 on 2026-11-14'],
    ['and one that comes late counts from when it came', ['10 12:00'], ['15 08:00 right'], '2 on 2026-11-18'],
    ['then seven', ['10 12:00'], ['11 08:00 right', '14 08:00 right'], '3 on 2026-11-21'],
    ['then twenty-one', ['10 12:00'], ['11 08:00 right', '14 08:00 right', '21 08:00 right'], '4 on 2026-12-12'],
    ['then it has been learnt', ['10 12:00'], ['11 08:00 right', '14 08:00 right', '21 08:00 right', '42 08:00 right'], null],
    ['twice on one day is once', ['10 12:00'], ['11 08:00 right', '11 09:00 right'], '2 on 2026-11-14'],
    ['before its day it changes nothing', ['10 12:00'], ['10 13:00 right', '11 08:00 right', '13 08:00 right'], '2 on 2026-11-14'],
    ['a wrong one begins again', ['10 12:00'], ['11 08:00 right', '14 08:00 wrong'], '1 on 2026-11-15'],
    ['also after three right ones', ['1 12:00'], ['2 08:00 right', '5 08:00 right', '12 08:00 right', '33 08:00 wrong'], '1 on 2026-12-04'],
    ['and goes on from there', ['10 12:00'], ['11 08:00 wrong', '11 09:00 right', '12 08:00 right'], '2 on 2026-11-15'],
    ['a mistake in between counts from its day', ['10 12:00', '13 08:00'], ['11 08:00 right'], '1 on 2026-11-14'],
    [
      'a new mistake after it was learnt begins again',
      ['1 12:00', '50 12:00'],
      ['2 08:00 right', '5 08:00 right', '12 08:00 right', '33 08:00 right'],
      '1 on 2026-12-21',
    ],
    ['over the end of a year', ['61 12:00'], [], '1 on 2027-01-01'],
  ])('%s', (_, wrong, answers, expected) => {
    expect(standing(wrong, answers)).toBe(expected);
  });

  test('a partly right answer is not right', () => {
    expect(afterAnswer({ step: 3, dueOn: '2026-11-10' }, 'partly', '2026-11-12')).toEqual({ step: 1, dueOn: '2026-11-13' });
  });

  test('a journey westward runs the days back: what came before the mistake stays before it', () => {
    // Right on the 11th in Vladivostok, then wrong while it is still the 10th in Kaliningrad.
    const wrong = [{ at: Date.parse('2026-11-09T10:00Z'), on: '2026-11-09' }];
    const answers = [
      { at: Date.parse('2026-11-10T15:00Z'), on: '2026-11-11', right: true },
      { at: Date.parse('2026-11-10T20:00Z'), on: '2026-11-10', right: false },
    ];
    expect(rungOf(wrong, answers)).toEqual({ step: 1, dueOn: '2026-11-11' });
  });

  test('an answer given counts as the rule counts it afterwards', () => {
    const wrong = [read('10 12:00')];
    const answers: ReturnType<typeof read>[] = [];
    let rung = rungOf(wrong, answers);
    for (const line of ['11 08:00 right', '11 09:00 right', '12 08:00 right', '14 08:00 wrong', '15 08:00 right', '18 08:00 right']) {
      const answer = read(line);
      rung = rung && afterAnswer(rung, answer.right ? 'right' : 'wrong', answer.on);
      answers.push(answer);
      expect(rungOf(wrong, answers)).toEqual(rung);
    }
    expect(rung).toEqual({ step: 3, dueOn: '2026-11-25' });
  });
});

test.each([
  [7, 0, 7],
  [30, 0, 20],
  [30, 15, 5],
  [30, 20, 0],
  [3, 25, 0],
])('of %i due, %i done today: %i belong to today', (due, done, expected) => {
  expect(portionOf(due, done, 20)).toBe(expected);
});

test.each<[number, number, string | null, string | null]>([
  [4, 4, '2026-11-30', null],
  [0, 0, '2026-11-30', '2026-11-30'],
  [0, 13, '2026-11-30', '2026-11-25'],
  [0, 0, null, null],
])('%i for today of %i due and the next on %s: the page names %s', (portion, dueTotal, laterOn, expected) => {
  expect(nextDay({ portion, dueTotal, laterOn }, '2026-11-24')).toBe(expected);
});
