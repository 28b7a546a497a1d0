/**
 * One file for the three kinds of texts: drafts, publication and history are one machinery, and its cases share one course and two teachers.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { versionsPageSize } from '#shared/texts.ts';
import type { PersonActor } from '../../platform/app.ts';
import { aCourse, type MadeCourse } from '../../testing/course.ts';
import { answer, solve } from '../../testing/solve.ts';
import { aModerator, aSchool, aStudent, type School } from '../../testing/world.ts';
import { discardDraft, publishText, saveDraft } from './actions.ts';
import { checkByText, getText, getVersion, listLikelyAnswers, listVersions, previewText } from './queries.ts';

let school: School;
let maria: PersonActor;
let oleg: PersonActor;
let course: MadeCourse;

beforeAll(async () => {
  school = await aSchool();
  maria = (await aModerator(school.app)).actor;
  oleg = (await aModerator(school.app)).actor;
});
afterAll(() => school.close());

const number = (key: string, more = '') => `---\ntitle: Корень\nkind: number\nkey: ${key}\n${more}---\nНайдите корень.\n`;

/** A task that was published from its source, in a course of its own. */
async function aTask(key = '12,5') {
  course = await aCourse(school.app, {
    topics: [
      { files: [{ name: 'graph.png', mime: 'image/png', body: 'x' }], tasks: [{ spec: { kind: 'number', key: '0' }, published: false }] },
    ],
  });
  const text = { kind: 'task' as const, subjectId: course.task(0, 0) };
  const published = await publishText(school.app, maria, { ...text, baseRev: 0, source: number(key) });
  if (published.outcome !== 'published') throw new Error(JSON.stringify(published));
  return { ...text, rev: published.rev };
}

/** A task of which there is only a draft. */
async function aDraft(source: string) {
  const made = await aCourse(school.app, { topics: [{ tasks: [{ spec: { kind: 'number', key: '0' }, published: false }] }] });
  const text = { kind: 'task' as const, subjectId: made.task(0, 0) };
  const saved = await saveDraft(school.app, maria, { ...text, baseRev: 0, source });
  if (saved.outcome !== 'saved') throw new Error(saved.outcome);
  return { ...text, rev: saved.rev };
}

const open = (text: { kind: 'task' | 'theory' | 'course'; subjectId: string }, actor = maria) =>
  getText(school.app, actor, { kind: text.kind, subjectId: text.subjectId });

describe('a draft', () => {
  test('keeps what is broken exactly as it was typed', async () => {
    const broken = '---\nkind: number\nkey: [\n\n# Подсказка\n\t$\\frac{1$ <script>\r\n';
    const text = await aDraft(broken);
    expect(await open(text)).toMatchObject({
      draft: broken,
      published: null,
      publishedAt: null,
      editedByMe: true,
      editedBy: 'Ольга Громова',
    });
  });

  test('of a published task leaves what students see as it is, and is gone when it says the same again', async () => {
    const { rev, ...text } = await aTask();
    const saved = await saveDraft(school.app, maria, { ...text, baseRev: rev, source: number('13') });
    expect(saved).toMatchObject({ outcome: 'saved', rev: rev + 1 });
    expect(await open(text)).toMatchObject({ draft: number('13'), published: number('12,5') });
    await saveDraft(school.app, maria, { ...text, baseRev: rev + 1, source: number('12,5') });
    expect(await open(text)).toMatchObject({ draft: null, published: number('12,5'), rev: rev + 2 });
  });

  test('saved twice is saved once: a retry whose answer was lost is no conflict', async () => {
    const { rev, ...text } = await aTask();
    const first = await saveDraft(school.app, maria, { ...text, baseRev: rev, source: 'А' });
    expect(await saveDraft(school.app, maria, { ...text, baseRev: rev, source: 'А' })).toEqual(first);
  });

  test('of somebody else is never written over', async () => {
    const { rev, ...text } = await aTask();
    await saveDraft(school.app, maria, { ...text, baseRev: rev, source: 'Текст Марии' });
    const refused = await saveDraft(school.app, oleg, { ...text, baseRev: rev, source: 'Текст Олега' });
    expect(refused).toMatchObject({
      outcome: 'conflict',
      theirs: { source: 'Текст Марии', by: 'Ольга Громова', rev: rev + 1, published: false },
    });
    expect((await open(text)).draft).toBe('Текст Марии');
    // Who has seen the other text may write over it.
    expect(await saveDraft(school.app, oleg, { ...text, baseRev: rev + 1, source: 'Текст Олега' })).toMatchObject({ outcome: 'saved' });
  });

  test('of somebody else is kept in the history when it is gone on from', async () => {
    const { rev, ...text } = await aTask();
    await saveDraft(school.app, maria, { ...text, baseRev: rev, source: 'Первый' });
    await saveDraft(school.app, maria, { ...text, baseRev: rev + 1, source: 'Текст Марии' });
    await saveDraft(school.app, oleg, { ...text, baseRev: rev + 2, source: 'Текст Олега' });
    await saveDraft(school.app, oleg, { ...text, baseRev: rev + 3, source: 'Текст Олега, дальше' });
    const { versions } = await listVersions(school.app, oleg, text);
    expect(versions.map(({ number: n, draft }) => [n, draft])).toEqual([
      [2, true],
      [1, false],
    ]);
    expect(await getVersion(school.app, oleg, { ...text, number: 2 })).toMatchObject({ source: 'Текст Марии' });
  });

  test('discarded is handed back, and saving it again undoes that', async () => {
    const { rev, ...text } = await aTask();
    await saveDraft(school.app, maria, { ...text, baseRev: rev, source: 'Черновик' });
    expect(await discardDraft(school.app, oleg, { ...text, baseRev: rev })).toMatchObject({ outcome: 'conflict' });
    const discarded = await discardDraft(school.app, maria, { ...text, baseRev: rev + 1 });
    expect(discarded).toMatchObject({ outcome: 'discarded', discarded: 'Черновик', published: number('12,5') });
    expect((await open(text)).draft).toBeNull();
    if (discarded.outcome === 'discarded') {
      await saveDraft(school.app, maria, { ...text, baseRev: discarded.rev, source: discarded.discarded });
      expect((await open(text)).draft).toBe('Черновик');
    }
    const only = await aDraft('Единственный');
    expect(await discardDraft(school.app, maria, { ...text, ...only, baseRev: only.rev })).toEqual({ outcome: 'nothing' });
  });

  test('ten saves at once from one revision: one wins, nine see its text', async () => {
    const { rev, ...text } = await aTask();
    const saves = Array.from({ length: 10 }, (_, i) =>
      saveDraft(school.app, i % 2 ? maria : oleg, { ...text, baseRev: rev, source: `Текст ${i}` }),
    );
    const results = await Promise.all(saves);
    expect(results.filter(({ outcome }) => outcome === 'saved')).toHaveLength(1);
    const { draft, rev: now } = await open(text);
    expect(now).toBe(rev + 1);
    for (const result of results) if (result.outcome === 'conflict') expect(result.theirs.source).toBe(draft);
  });
});

describe('publishing', () => {
  test('gives the students what the source says and clears the draft', async () => {
    const { rev, ...text } = await aTask();
    const source = number('7', 'points: 2\nnumber: 6\nhint-after: 2\n').replace(/$/, '\n# Подсказка\n\nПодумайте.\n');
    await saveDraft(school.app, oleg, { ...text, baseRev: rev, source });
    const result = await publishText(school.app, oleg, { ...text, baseRev: rev + 1, source });
    expect(result).toMatchObject({ outcome: 'published', rev: rev + 2, version: 2, gained: null });
    const row = await school.app.db.task.findUniqueOrThrow({ where: { id: text.subjectId } });
    expect(row).toMatchObject({
      source,
      title: 'Корень',
      points: 2,
      examNumber: 6,
      hint: 'Подумайте.',
      hintAfter: 2,
      spec: { kind: 'number', key: '7' },
    });
    expect(await open(text)).toMatchObject({ draft: null, published: source });
    const entry = await school.app.db.auditEntry.findFirst({ where: { subject: text.subjectId }, orderBy: { id: 'desc' } });
    expect(entry).toMatchObject({ action: 'task.publish', actor: oleg.id, label: 'Корень' });
  });

  test.each([
    ['a broken front matter', '---\nkind: number\nkey: 1\n', 'front-matter-open'],
    ['two right keys that are one', '---\ntitle: А\nkind: word\nkey: [ёж, еж]\n---\nа', 'answer'],
    ['a key its own checker does not take', '---\ntitle: А\nkind: number\nkey: 25/2\n---\nа', 'answer'],
    ['a file the topic does not have', number('1').replace('Найдите', '![график](files/none.png) Найдите'), 'file-missing'],
    ['a formula that cannot be set', number('1').replace('Найдите', '$\\frac{1$ Найдите'), 'md-formula'],
    ['no statement', '---\ntitle: А\nkind: number\nkey: 1\n---\n', 'section-missing'],
    ['a paragraph that would take minutes', number('1').replace('Найдите', '*a'.repeat(5000)), 'too-dense'],
    [
      'a table of a million cells',
      number('1').replace('Найдите', `|${'a|'.repeat(900)}\n|${'-|'.repeat(900)}\n${'a\n'.repeat(1200)}`),
      'too-dense',
    ],
  ])('is refused for %s, with the line', async (_, source, code) => {
    const { rev, ...text } = await aTask();
    const result = await publishText(school.app, maria, { ...text, baseRev: rev, source });
    expect(result).toMatchObject({ outcome: 'problems', problems: [{ code, line: expect.any(Number) }] });
    expect(await open(text)).toMatchObject({ published: number('12,5'), rev });
  });

  test('takes a file the topic has, also beside other problems', async () => {
    const { rev, ...text } = await aTask();
    const source = number('1').replace('Найдите', '![график](files/graph.png) Найдите');
    expect(await publishText(school.app, maria, { ...text, baseRev: rev, source })).toMatchObject({ outcome: 'published' });
    const both = await previewText(school.app, maria, {
      ...text,
      source: `${source.replace('kind: number', 'kinds: x')}![а](files/no.png)`,
    });
    expect(both.problems.map(({ code }) => code)).toEqual(expect.arrayContaining(['key-unknown', 'file-missing']));
  });

  test('from an old revision is a conflict', async () => {
    const { rev, ...text } = await aTask();
    await saveDraft(school.app, maria, { ...text, baseRev: rev, source: 'Текст Марии' });
    const result = await publishText(school.app, oleg, { ...text, baseRev: rev, source: number('5') });
    expect(result).toMatchObject({ outcome: 'conflict', theirs: { source: 'Текст Марии' } });
  });

  test('two at once: one is published, the other hears of it', async () => {
    const { rev, ...text } = await aTask();
    const results = await Promise.all(
      ['5', '6'].map((key) => publishText(school.app, maria, { ...text, baseRev: rev, source: number(key) })),
    );
    expect(results.map(({ outcome }) => outcome).toSorted()).toEqual(['conflict', 'published']);
    expect((await listVersions(school.app, maria, text)).versions.map(({ number: n }) => n)).toEqual([2, 1]);
  });

  test('the same text again makes no version', async () => {
    const { rev, ...text } = await aTask();
    expect(await publishText(school.app, maria, { ...text, baseRev: rev, source: number('12,5') })).toMatchObject({ version: null });
    expect((await listVersions(school.app, maria, text)).versions).toHaveLength(1);
  });

  test('of a deleted task is refused, and its draft is still kept', async () => {
    const { rev, ...text } = await aTask();
    await school.app.db.task.update({ where: { id: text.subjectId }, data: { deletedAt: school.app.clock.now() } });
    await expect(publishText(school.app, maria, { ...text, baseRev: rev, source: number('1') })).rejects.toMatchObject({
      code: 'TASKS_NOT_FOUND',
    });
    await saveDraft(school.app, maria, { ...text, baseRev: rev, source: 'Спасённый' });
    expect(await open(text)).toMatchObject({ deleted: true, draft: 'Спасённый', studentUrl: null });
  });

  test('a theory and a description have versions too, and stay as visible as they were', async () => {
    const made = await aCourse(school.app, { published: false, topics: [{ published: false, theory: '## Было' }] });
    const theory = { kind: 'theory' as const, subjectId: made.topic(0).id };
    expect(await publishText(school.app, maria, { ...theory, baseRev: 0, source: '\n## Стало\n\n$x$\n' })).toMatchObject({
      source: '## Стало\n\n$x$',
      version: 2,
    });
    expect(await getVersion(school.app, maria, { ...theory, number: 1 })).toMatchObject({ source: '## Было', by: null });
    const topic = await school.app.db.topic.findUniqueOrThrow({ where: { id: theory.subjectId } });
    expect(topic).toMatchObject({ theory: '## Стало\n\n$x$', publishedAt: null });
    const description = { kind: 'course' as const, subjectId: made.id };
    const picture = await publishText(school.app, maria, { ...description, baseRev: 0, source: '\n\n![а](files/graph.png)' });
    expect(picture).toMatchObject({ outcome: 'problems', problems: [{ code: 'md-picture-not-in-files', line: 3 }] });
    expect(await publishText(school.app, maria, { ...description, baseRev: 0, source: '' })).toMatchObject({
      problems: [{ code: 'section-missing' }],
    });
    expect(await publishText(school.app, maria, { ...description, baseRev: 0, source: 'О курсе' })).toMatchObject({ outcome: 'published' });
  });
});

describe('another key of an answered task', () => {
  test('is shown first, and then grades the answers anew', async () => {
    const { rev, ...text } = await aTask('12,5');
    const [right, wrong] = [(await aStudent(school.app)).actor, (await aStudent(school.app)).actor];
    await solve(school.app, right, text.subjectId, ['12,5']);
    await solve(school.app, wrong, text.subjectId, ['-2']);
    const source = number('-2');
    const asked = await publishText(school.app, maria, { ...text, baseRev: rev, source });
    expect(asked).toMatchObject({ outcome: 'key-changed', preview: { submissions: 2, gain: { students: 1 }, lose: { students: 1 } } });
    expect((await open(text)).published).toBe(number('12,5'));
    if (asked.outcome !== 'key-changed') return;
    const keyFix = { takePoints: false, token: asked.preview.token };
    expect(await publishText(school.app, maria, { ...text, baseRev: rev, source, keyFix })).toMatchObject({
      outcome: 'published',
      gained: 1,
    });
    const progress = await school.app.db.taskProgress.findMany({ where: { taskId: text.subjectId }, select: { bestPoints: true } });
    expect(progress).toEqual([{ bestPoints: 1 }, { bestPoints: 1 }]);
  });

  test('a statement is mended without a question', async () => {
    const { rev, ...text } = await aTask();
    await solve(school.app, (await aStudent(school.app)).actor, text.subjectId, ['1']);
    const source = number('12,5').replace('Найдите', 'Укажите');
    expect(await publishText(school.app, maria, { ...text, baseRev: rev, source })).toMatchObject({ outcome: 'published', gained: null });
  });

  test('a key written otherwise changes nobody’s points, so nothing is asked', async () => {
    const { rev, ...text } = await aTask();
    await solve(school.app, (await aStudent(school.app)).actor, text.subjectId, ['12.5']);
    expect(await publishText(school.app, maria, { ...text, baseRev: rev, source: number('12,50') })).toMatchObject({
      outcome: 'published',
    });
  });

  test('answers handed in while it is published are judged by one key or the other, never by none', async () => {
    const { rev, ...text } = await aTask('5');
    const students = await Promise.all(Array.from({ length: 6 }, async () => (await aStudent(school.app)).actor));
    const first = students[0];
    if (first) await answer(school.app, first, text.subjectId, '7');
    const asked = await publishText(school.app, maria, { ...text, baseRev: rev, source: number('7') });
    if (asked.outcome !== 'key-changed') throw new Error(asked.outcome);
    const keyFix = { takePoints: false, token: asked.preview.token };
    const [published] = await Promise.all([
      publishText(school.app, maria, { ...text, baseRev: rev, source: number('7'), keyFix }),
      ...students.slice(1).map((student) => answer(school.app, student, text.subjectId, '7')),
    ]);
    expect(published).toMatchObject({ outcome: 'published' });
    const verdicts = await school.app.db.submission.findMany({ where: { taskId: text.subjectId }, select: { verdict: true } });
    expect(verdicts).toEqual(Array.from({ length: 6 }, () => ({ verdict: 'right' })));
  });
});

describe('what is shown while writing', () => {
  test('the student’s view, also below a broken front matter', async () => {
    const text = await aDraft('');
    const whole = await previewText(school.app, maria, { ...text, source: number('4', 'number: 6\n') });
    expect(whole).toMatchObject({ problems: [], task: { title: 'Корень', examNumber: 6, points: 1, format: { kind: 'number' } } });
    const broken = await previewText(school.app, maria, { ...text, source: '---\nkey: [\n---\nНайдите $x$.\n\n# Подсказка\n\nТак.' });
    expect(broken.task).toMatchObject({
      format: null,
      hintHtml: expect.stringContaining('Так.'),
      statementHtml: expect.stringContaining('katex'),
    });
    expect(broken.problems[0]).toMatchObject({ code: 'yaml' });
    const unclosed = await previewText(school.app, maria, { ...text, source: '---\nkind: number\n\nНайдите.' });
    expect(unclosed.task?.statementHtml).toContain('Найдите.');
  });

  test('the checker’s word by the key that is being written; nothing is kept', async () => {
    const { subjectId } = await aTask('1');
    const check = (value: string, source: string) => checkByText(school.app, maria, { subjectId, source, value });
    expect(await check('12.50', number('12,5'))).toEqual({ outcome: 'graded', verdict: 'right', points: 1, understood: '12,5' });
    expect(await check('25/2', number('12,5'))).toMatchObject({ outcome: 'malformed', problem: { code: 'not-a-number' } });
    expect(await check('1', 'без ключа')).toEqual({ outcome: 'no-key' });
    expect(await school.app.db.submission.count({ where: { taskId: subjectId } })).toBe(0);
  });

  test('how students answer: the key’s notations, and what was really given, with numbers', async () => {
    const { subjectId } = await aTask('12,5');
    for (const given of ['-2', '-2', '3', '12,5']) await solve(school.app, (await aStudent(school.app)).actor, subjectId, [given]);
    const { answers, students } = await listLikelyAnswers(school.app, maria, { subjectId, source: number('12,5') });
    expect(students).toBe(4);
    expect(answers.find(({ origin }) => origin === 'key')).toMatchObject({ shown: '12,5', check: { verdict: 'right' } });
    expect(answers.filter(({ origin }) => origin === 'given')).toMatchObject([
      { shown: '-2', count: 2, check: { verdict: 'wrong' } },
      { shown: '3', count: 1, check: { verdict: 'wrong' } },
    ]);
  });
});

describe('history', () => {
  test('has every published text, page by page, newest first', async () => {
    const { rev, ...text } = await aTask('0');
    let base = rev;
    for (let i = 1; i <= versionsPageSize + 3; i++) {
      const published = await publishText(school.app, maria, { ...text, baseRev: base, source: number(String(i)) });
      if (published.outcome === 'published') base = published.rev;
    }
    const first = await listVersions(school.app, maria, text);
    expect(first.versions).toHaveLength(versionsPageSize);
    expect(first.versions[0]).toMatchObject({ number: versionsPageSize + 4, by: 'Ольга Громова' });
    const second = await listVersions(school.app, maria, { ...text, cursor: first.next ?? 0 });
    expect([...first.versions, ...second.versions].map(({ number: n }) => n)).toEqual(
      Array.from({ length: versionsPageSize + 4 }, (_, i) => versionsPageSize + 4 - i),
    );
    expect(second.next).toBeNull();
  });

  test('an old version goes into the draft and not to the students', async () => {
    const { rev, ...text } = await aTask('1');
    const published = await publishText(school.app, maria, { ...text, baseRev: rev, source: number('2') });
    if (published.outcome !== 'published') throw new Error(published.outcome);
    const old = await getVersion(school.app, maria, { ...text, number: 1 });
    await saveDraft(school.app, maria, { ...text, baseRev: published.rev, source: old.source });
    expect(await open(text)).toMatchObject({ draft: number('1'), published: number('2') });
    await expect(getVersion(school.app, maria, { ...text, number: 99 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('of a text that was never published here is the published text itself', async () => {
    const made = await aCourse(school.app, { topics: [{ theory: 'Как загружено' }] });
    const text = { kind: 'theory' as const, subjectId: made.topic(0).id };
    expect((await listVersions(school.app, maria, text)).versions).toMatchObject([{ number: 1, by: null, change: 13 }]);
    expect(await getVersion(school.app, maria, { ...text, number: 1 })).toMatchObject({ source: 'Как загружено' });
  });
});
