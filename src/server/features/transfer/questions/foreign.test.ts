import { expect, test } from 'vitest';
import { parseTaskSource } from '../task-source.ts';
import { formatOf, readQuestions } from './read-questions.ts';

const read = async (format: 'gift' | 'moodle', text: string) => {
  const found = await readQuestions(format, Buffer.from(text));
  if (!found.ok) throw new Error(JSON.stringify(found.refusal));
  return found.questions;
};
const gift = (text: string) => read('gift', text);
const moodle = (inner: string) => read('moodle', `<?xml version="1.0" encoding="UTF-8"?>\n<quiz>${inner}</quiz>`);

function task(source: string | null) {
  const parsed = parseTaskSource(source ?? '');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.task;
}

test.each([
  ['t.XLSX', 'xlsx'],
  ['вопросы.xml', 'moodle'],
  ['a.gift', 'gift'],
  ['a.gift.txt', 'gift'],
  ['a.csv', null],
  ['xlsx', null],
])('%s is %s', (name, format) => {
  expect(formatOf(name)).toBe(format);
});

test.each<[string, string, object]>([
  [
    'one right of several',
    '::Имя::Столица? {=Париж ~Лион ~Ницца}',
    { title: 'Имя', statement: 'Столица?', spec: { kind: 'choice', key: '1', options: [{ text: 'Париж' }, {}, {}] } },
  ],
  ['several right', 'Простые? {~%50%2 ~%50%3 ~%-100%4}', { spec: { kind: 'choices', key: ['1', '2'] } }],
  ['true', 'Да? {T}', { spec: { kind: 'choice', key: '1', options: [{ text: 'Верно' }, { text: 'Неверно' }] } }],
  ['false', 'Да? {FALSE}', { spec: { key: '2' } }],
  ['words', 'Кто? {=кот =Кот =пёс}', { spec: { kind: 'word', key: ['кот', 'пёс'] } }],
  ['a number', 'Сколько? {#12.5}', { spec: { kind: 'number', key: '12,5' } }],
  ['a number that may be off', 'Пи? {#3.14:0.01}', { spec: { key: '3,14', tolerance: '0,01' } }],
  ['a range', 'Пи? {#3.1..3.2}', { spec: { key: '3,15', tolerance: '0,05' } }],
  ['an essay', 'Сочинение {}', { spec: { kind: 'long', criteria: [{ id: 'K1', max: 1 }] } }],
  ['a solution', 'x {#1 ####Потому что}', { solution: 'Потому что' }],
  ['formulas', '[html]<p>\\(x^2\\) и \\[y\\]</p> {#1}', { statement: '$x^2$ и $y$' }],
  ['Markdown as it is', '[markdown]*a* $b$ {#1}', { statement: '*a* $b$' }],
  ['signs that Markdown would take for its own', '2*3*4 и a_b_c {#24}', { statement: '2\\*3\\*4 и a_b_c' }],
])('GIFT: %s', async (_, text, expected) => {
  const [question] = await gift(text);
  expect(question?.problems).toEqual([]);
  expect(task(question?.source ?? null)).toMatchObject(expected);
});

test('GIFT: pairs become letters and digits in the order of the alphabet', async () => {
  const [question] = await gift('Сопоставьте {=кот -> cat =пёс -> a | dog =кит -> cat = -> whale}');
  expect(question?.problems).toEqual([]);
  const { spec, statement } = task(question?.source ?? null);
  expect(spec).toMatchObject({ kind: 'sequence', key: '212', length: 3 });
  expect(statement).toBe(
    'Сопоставьте\n\n| Буквы  | Цифры       |\n| ------ | ----------- |\n| А) кот | 1) a \\| dog |\n| Б) пёс | 2) cat      |\n| В) кит | 3) whale    |\n\nЗапишите цифры в порядке букв АБВ.',
  );
});

test.each<[string, string, object[], string[]]>([
  ['a description', 'Просто текст', [{ code: 'question-kind', kind: 'Description' }], []],
  ['a mistake', '// заметка\n::Имя:: x\n{=a', [{ code: 'question-syntax', line: 3 }], []],
  ['no right option', 'x {~a ~b}', [{ code: 'question-no-answer' }], []],
  ['any ending', 'x {=кот*}', [{ code: 'question-wildcard' }], []],
  ['several numbers', 'x {#=1 =2}', [{ code: 'question-several-answers' }], []],
  ['too many pairs', `x {${Array.from({ length: 10 }, (_, i) => `=л${i} -> п${i}`).join(' ')}}`, [{ code: 'question-pairs' }], []],
  ['a film', '[html]<iframe src\\="http\\://x"></iframe>x {#1}', [{ code: 'question-unreadable' }], []],
  ['a picture from elsewhere', '[html]<img src\\="http\\://x/a.png">x {#1}', [{ code: 'question-picture' }], []],
  ['a script', '[html]x<script>alert(1)</script> {#1}', [], []],
  ['a blank in the text', 'Кот {=мяукает} громко', [], ['blank-kept']],
  ['parts of points', 'x {=a =%50%b}', [], ['partial-dropped']],
  ['words for each option', 'x {=a#да ~b#нет}', [], ['feedback-dropped']],
])('GIFT: %s is told', async (_, text, problems, notes) => {
  const [question, ...others] = await gift(text);
  expect(others).toEqual([]);
  expect(question?.problems.map(({ problem }) => problem)).toMatchObject(problems);
  expect(question?.notes).toEqual(notes);
});

test('GIFT: a mistake in one question spoils no other', async () => {
  const questions = await gift('$CATEGORY: a\n\n::1::a {=x\n\n// x\n\n::2::b {#2}\r\n\r\n::3::c {T}');
  expect(questions.map(({ place, title, problems }) => [place, title, problems.length])).toEqual([
    [1, '1', 1],
    [2, '2', 0],
    [3, '3', 0],
  ]);
});

test('GIFT: a question of nothing but braces ends soon', async () => {
  const from = performance.now();
  const questions = await gift(`x ${'{'.repeat(20_000)}\n\n${'~='.repeat(20_000)}`);
  expect(questions.every(({ problems }) => problems.length > 0)).toBe(true);
  expect(performance.now() - from).toBeLessThan(5000);
});

const text = (tag: string, value: string, more = '', format = 'html') =>
  `<${tag} format="${format}"><text><![CDATA[${value}]]></text>${more}</${tag}>`;
const question = (type: string, inner: string, statement = text('questiontext', '<p>Вопрос?</p>')) =>
  `<question type="${type}"><name><text>Имя</text></name>${statement}<defaultgrade>2.0000000</defaultgrade>${inner}</question>`;
const answer = (fraction: number, value: string, more = '') =>
  `<answer fraction="${fraction}" format="html"><text>${value}</text>${more}</answer>`;
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

test.each<[string, string, object]>([
  [
    'one right of several',
    question('multichoice', `<single>true</single>${answer(100, '&lt;b&gt;a&lt;/b&gt;')}${answer(0, 'b')}`),
    { points: 2, spec: { kind: 'choice', key: '1', options: [{ text: '**a**' }, { text: 'b' }] } },
  ],
  [
    'several right',
    question('multichoice', `<single>false</single>${answer(50, 'a')}${answer(-50, 'b')}${answer(50, 'c')}`),
    { spec: { kind: 'choices', key: ['1', '3'] } },
  ],
  ['false', question('truefalse', `${answer(0, 'true')}${answer(100, 'false')}`), { spec: { key: '2' } }],
  ['words', question('shortanswer', `<usecase>0</usecase>${answer(100, 'кот &amp; пёс')}`), { spec: { kind: 'word', key: ['кот & пёс'] } }],
  [
    'a number',
    question('numerical', answer(100, '12.5', '<tolerance>0.1</tolerance>')),
    { spec: { kind: 'number', key: '12,5', tolerance: '0,1' } },
  ],
  [
    'pairs',
    question(
      'matching',
      `${['b', 'a'].map((right, i) => `<subquestion format="html"><text><![CDATA[<p>л${i}</p>]]></text><answer><text>${right}</text></answer></subquestion>`).join('')}`,
    ),
    { spec: { kind: 'sequence', key: '21' } },
  ],
  [
    'an essay',
    question('essay', '<answer fraction="0"><text></text></answer>'),
    { points: 2, spec: { kind: 'long', criteria: [{ max: 2 }] } },
  ],
  [
    'solution and hint',
    question('numerical', `${answer(100, '1')}${text('generalfeedback', '<p>Потому <b>что</b></p>')}${text('hint', 'Подумайте')}`),
    { solution: 'Потому **что**', hint: 'Подумайте' },
  ],
  [
    'formulas and powers',
    question('numerical', answer(100, '1'), text('questiontext', '<p>$$x^2$$</p><p>a<sup>2</sup></p>')),
    { statement: '$$\nx^2\n$$\n\na$^{2}$' },
  ],
  [
    'entities outside of CDATA',
    question('numerical', answer(100, '1'), '<questiontext format="html"><text>&lt;p&gt;a &amp;lt; b&lt;/p&gt;</text></questiontext>'),
    { statement: 'a < b' },
  ],
])('Moodle: %s', async (_, inner, expected) => {
  const [found] = await moodle(inner);
  expect(found?.problems).toEqual([]);
  expect(task(found?.source ?? null)).toMatchObject({ title: 'Имя', ...expected });
});

test('Moodle: pictures come along, whether beside the text or inside it', async () => {
  const file = `<file name="мой рис.png" path="/" encoding="base64">${png}</file>`;
  const statement = text(
    'questiontext',
    `<p><img src="@@PLUGINFILE@@/%D0%BC%D0%BE%D0%B9%20%D1%80%D0%B8%D1%81.png" alt="График"> <img src="data:image/png;base64,${png}"></p>`,
    file,
  );
  const [found] = await moodle(question('numerical', answer(100, '1'), statement));
  expect(found?.problems).toEqual([]);
  expect(found?.files).toMatchObject([
    { name: expect.stringMatching(/^picture-[0-9a-f]{12}\.png$/), mime: 'image/png', width: 1, height: 1 },
  ]);
  expect(task(found?.source ?? null).statement).toBe(
    `![График](files/${found?.files[0]?.name}) ![Рисунок к заданию](files/${found?.files[0]?.name})`,
  );
});

test.each<[string, string, object[], string[]]>([
  ['a cloze', question('cloze', ''), [{ code: 'question-kind', kind: 'cloze' }], []],
  ['drag and drop', question('ddwtos', ''), [{ code: 'question-kind', kind: 'ddwtos' }], []],
  [
    'a picture that is not there',
    question('numerical', answer(100, '1'), text('questiontext', '<img src="@@PLUGINFILE@@/a.png">')),
    [{ code: 'question-picture', name: '@@PLUGINFILE@@/a.png' }],
    [],
  ],
  [
    'a picture that is none',
    question('numerical', answer(100, '1'), text('questiontext', '<img src="data:image/png;base64,AAAA">')),
    [{ code: 'question-picture' }],
    [],
  ],
  [
    'a table as an option',
    question('multichoice', `<single>true</single>${answer(100, '&lt;table&gt;&lt;tr&gt;&lt;td&gt;1&lt;/table&gt;')}${answer(0, 'b')}`),
    [{ code: 'question-unreadable' }],
    [],
  ],
  [
    'a link that could act',
    question('numerical', answer(100, '1'), text('questiontext', '<a href="javascript:alert(1)">x</a>')),
    [{ code: 'md-link-refused' }],
    [],
  ],
  [
    'a text without end',
    question('numerical', answer(100, '1'), text('questiontext', 'x'.repeat(100_001))),
    [{ code: 'question-too-long' }],
    [],
  ],
  [
    'markup nested too deeply',
    question('numerical', answer(100, '1'), text('questiontext', `${'<b><i>'.repeat(9000)}x`)),
    [{ code: 'question-unreadable' }],
    [],
  ],
  ['a number of any value', question('numerical', answer(100, '*')), [{ code: 'question-wildcard' }], []],
  ['parts of points', question('shortanswer', `${answer(100, 'a')}${answer(50, 'b')}`), [], ['partial-dropped']],
])('Moodle: %s is told', async (_, inner, problems, notes) => {
  const [found] = await moodle(inner);
  expect(found?.problems.map(({ problem }) => problem)).toMatchObject(problems);
  expect(found?.notes).toEqual(notes);
});

test.each<[string, string | Buffer, object]>([
  ['no XML', 'hello', { code: 'xml-broken', line: 1 }],
  ['a tag that is not closed', '<quiz>\n<question>\n</quiz>', { code: 'xml-broken', line: 3 }],
  ['entities of its own', '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><quiz>&lol2;</quiz>', { code: 'xml-doctype' }],
  ['another kind of XML', '<html/>', { code: 'xml-no-quiz' }],
  ['no questions', '<quiz><question type="category"/></quiz>', { code: 'questions-none' }],
  ['other letters', Buffer.from([0xcf, 0xf0]), { code: 'questions-encoding' }],
  ['names that could reach into objects', '<quiz><__proto__>x</__proto__></quiz>', { code: 'xml-broken', line: null }],
  ['elements nested without end', `<quiz>${'<a>'.repeat(200)}${'</a>'.repeat(200)}</quiz>`, { code: 'xml-broken' }],
])('Moodle: a file with %s is refused', async (_, bytes, refusal) => {
  expect(await readQuestions('moodle', Buffer.from(bytes as string))).toMatchObject({ ok: false, refusal });
});

test('Moodle: a mark of byte order at the beginning does no harm', async () => {
  expect(await read('moodle', `\uFEFF<quiz>${question('truefalse', answer(100, 'true'))}</quiz>`)).toHaveLength(1);
});
