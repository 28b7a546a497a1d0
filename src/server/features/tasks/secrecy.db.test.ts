import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AnswerValue } from '#shared/answers/format.ts';
import type { AnswerSpec } from '#shared/answers/spec.ts';
import type { App } from '../../platform/app.ts';
import { aBrowser, type Browser } from '../../testing/browser.ts';
import { aCourse, type MadeCourse } from '../../testing/course.ts';
import { aSchool, aStudent, type School } from '../../testing/world.ts';

let school: School;
let app: App;
let browser: Browser;
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
});
afterAll(() => school.close());
beforeEach(async () => {
  browser = aBrowser(app, await aStudent(app));
});

const options = ['a', 'b', 'c', 'd'].map((id) => ({ id, text: `вариант ${id}` }));
interface Twins {
  specs: [AnswerSpec, AnswerSpec];
  /** Wrong for both, and the same for both. */
  wrong: AnswerValue;
  /** What of the first key nobody may read. */
  secrets: string[];
}
const kinds: [string, Twins][] = [
  [
    'number',
    {
      specs: [
        { kind: 'number', key: '73519,25', tolerance: '0,0917' },
        { kind: 'number', key: '1' },
      ],
      wrong: '2',
      secrets: ['73519', '0917'],
    },
  ],
  [
    'word',
    {
      specs: [
        { kind: 'word', key: ['незабудка', 'forget-me-not'] },
        { kind: 'word', key: ['ель'] },
      ],
      wrong: 'дуб',
      secrets: ['незабудка', 'forget'],
    },
  ],
  [
    'word, strict',
    {
      specs: [
        { kind: 'word', key: ['ёжевичник'], spelling: 'strict' },
        { kind: 'word', key: ['ель'] },
      ],
      wrong: 'дуб',
      secrets: ['ёжевичник', 'strict'],
    },
  ],
  [
    'choice',
    {
      specs: [
        { kind: 'choice', key: 'c', options },
        { kind: 'choice', key: 'b', options },
      ],
      wrong: 'a',
      secrets: ['"key"'],
    },
  ],
  [
    'choices',
    {
      specs: [
        { kind: 'choices', key: ['b', 'c'], options, partial: 'ege' },
        { kind: 'choices', key: ['c', 'd', 'b'], options, partial: 'ege' },
      ],
      wrong: ['a'],
      secrets: ['"key"', 'ege'],
    },
  ],
  [
    'sequence',
    {
      specs: [
        { kind: 'sequence', key: '97314', partial: 'ege' },
        { kind: 'sequence', key: '12', partial: 'ege' },
      ],
      wrong: '5555555',
      secrets: ['97314', 'ege'],
    },
  ],
  [
    'set',
    {
      specs: [
        { kind: 'set', key: '97314', length: 5, partial: 'ege' },
        { kind: 'set', key: '13457', length: 5, partial: 'none' },
      ],
      wrong: '02468',
      secrets: ['97314', '13479', 'ege'],
    },
  ],
  [
    'cells',
    {
      specs: [
        { kind: 'cells', key: [['97314', '88021']], rows: 2, cols: 2, partial: 'swapped' },
        {
          kind: 'cells',
          key: [
            ['1', '2'],
            ['3', '4'],
          ],
          rows: 2,
          cols: 2,
          partial: 'none',
        },
      ],
      wrong: [['7', '8']],
      secrets: ['97314', '88021', 'swapped'],
    },
  ],
];

const page = (course: MadeCourse) => browser.call.courses.topic({ course: course.slug, topic: 'topic-1' });
const submit = (taskId: string, value: AnswerValue) => browser.call.tasks.submit({ taskId, clientId: crypto.randomUUID(), value });

describe.each(kinds)('%s: the key never reaches the browser', (_, { specs, wrong, secrets }) => {
  const hidden = {
    points: 2,
    hint: 'подсказка 61728',
    hintAfter: 5,
    solution: 'решение 61728',
    solutionRule: 'after' as const,
    solutionAfter: 5,
  };

  test('neither as it stands nor in any other form', async () => {
    const course = await aCourse(app, { topics: [{ tasks: [{ spec: specs[0], ...hidden, isPublic: true }] }] });
    const outputs: unknown[] = [
      await page(course),
      await submit(course.task(0, 0), wrong),
      await submit(course.task(0, 0), ''),
      await page(course),
    ];
    outputs.push(
      await browser.call.tasks.sample(),
      await browser.call.tasks.checkSample({ value: wrong }),
      await browser.call.progress.home(),
    );
    const text = JSON.stringify(outputs);
    expect([...secrets, '61728', 'canonical'].filter((secret) => text.includes(secret))).toEqual([]);
    await app.db.task.updateMany({ data: { isPublic: false } });
  });

  test('two tasks that differ in nothing but the key look and answer alike until one is solved', async () => {
    const course = await aCourse(app, { topics: specs.map((spec) => ({ tasks: [{ spec, ...hidden }] })) });
    const [left, right] = [course.task(0, 0), course.task(1, 0)];
    const format = async (topic: string) =>
      (await browser.call.courses.topic({ course: course.slug, topic })).tasks.map(({ id, ...task }) => ({ ...task, id: id.length }));
    expect(await format('topic-1')).toEqual(await format('topic-2'));
    // The numbers of attempts are rows of one table.
    const anonymous = (result: Awaited<ReturnType<typeof submit>>) =>
      JSON.parse(JSON.stringify(result).replaceAll(/"id":"\d+"/g, '"id":"n"'));
    expect(anonymous(await submit(left, wrong))).toEqual(anonymous(await submit(right, wrong)));
  });
});
