import { createHash } from 'node:crypto';
import type { App } from '../../../platform/app.ts';
import { draftTitle } from '../draft-title.ts';
import { parseTaskSource } from '../task-source.ts';

/** Texts that YAML, Markdown or a file system could take for something else. */
const nasty = [
  'yes',
  'null',
  '12,50',
  '007',
  '- список',
  '* звезда',
  '&якорь',
  '!тег',
  '# не заголовок',
  'ключ: значение',
  'хвост #6',
  '"кавычки"',
  "'апостроф'",
  '{a: 1}',
  '[x]',
  '| труба',
  '> больше',
  '% процент',
  '@кто',
  '`код`',
  '---',
  '--- начало',
  '...',
  '? вопрос',
  ': двоеточие',
  'обратная \\ косая',
  'таб\tвнутри',
  'неразрывный пробел',
  'эмодзи 🧮 и é',
  'нулевой\u200bширины',
  'строка\u2028разделитель',
  '~',
  '<b>тег</b>',
  'a'.repeat(120),
  '0x1F',
  '1e3',
  '2026-11-26',
];

/** A pseudo-random sequence: the same for the same seed. */
function dice(seed: number) {
  let state = seed * 2_654_435_761;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number) => Math.floor(next() * n);
  const one = <T>(of: readonly T[]): T => {
    const chosen = of[below(of.length)];
    if (chosen === undefined) throw new Error('nothing to choose from');
    return chosen;
  };
  return { below, one, often: () => next() < 0.6, rarely: () => next() < 0.25 };
}

/** Fills the school with a course of odd names and half-done things, as moderators leave them. @returns its slug */
export async function aRandomCourse(app: App, seed: number): Promise<string> {
  const { below, one, often, rarely } = dice(seed);
  const slug = `random-${seed}`;
  const now = app.clock.now();
  const points = [...Array.from({ length: below(5) }, (_, i) => i * 10), 100];
  const subject = { slug: `subject-${seed}`, title: one(nasty), about: one(nasty), maxPrimary: points.length, position: 0 };
  const course = await app.db.course.create({
    data: {
      slug,
      title: one(nasty),
      target: 1 + below(100),
      summary: one(nasty),
      description: `${one(['## Что внутри', '    код', 'Текст'])}\n\n---\n\nхвост`,
      schedule: often() ? one(nasty) : null,
      chatAfter: below(5),
      position: 0,
      publishedAt: often() ? now : null,
      subject: { create: { ...subject, scales: { create: often() ? [{ year: 2025, points }] : [] } } },
    },
    select: { id: true },
  });
  if (rarely()) await aDraft(app, 'course', course.id, one(nasty));
  for (let place = 0; place < 1 + below(4); place++) {
    const topic = await app.db.topic.create({
      data: {
        courseId: course.id,
        slug: `t${below(1000)}-${place}`,
        title: one(nasty),
        theory: often() ? `\n    код\n\n${one(['Текст', '- пункт', '---'])}\n\n\n` : '',
        opensAt: new Date(Date.UTC(2026, below(12), 1 + below(28), below(24), below(60), below(60), below(1000))),
        position: place * 3 + below(3),
        publishedAt: often() ? now : null,
        deletedAt: rarely() && place > 0 ? now : null,
        videos: {
          create: often()
            ? [{ title: one(nasty), url: 'https://youtu.be/dQw4w9WgXcQ', minutes: often() ? 5 : null, position: below(9) }]
            : [],
        },
      },
      select: { id: true },
    });
    if (rarely()) await aDraft(app, 'theory', topic.id, `${one(nasty)}\r\nстрока`);
    const names = await someFiles(app, topic.id, below(4), { one, often, below });
    for (let number = 0; number < below(6); number++) await aTask(app, topic.id, number, names, { one, often, rarely, below });
  }
  for (let place = 0; place < below(4); place++) await anExam(app, course.id, place, { one, often, rarely, below });
  return slug;
}

type Dice = ReturnType<typeof dice>;

async function someFiles(
  app: App,
  topicId: string,
  count: number,
  { one, often, below }: Pick<Dice, 'one' | 'often' | 'below'>,
): Promise<string[]> {
  const names: string[] = [];
  for (let i = 0; i < count; i++) {
    const name = `${one(['a', '_x', 'B-c.d'])}${i}.txt`;
    const bytes = Buffer.from(one(nasty).repeat(below(50)));
    const storageKey = `topics/${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}/${name}`;
    await app.storage.put(storageKey, bytes);
    const listedAt = often() ? i * 2 : null;
    const data = {
      topicId,
      name,
      title: often() ? one(nasty) : null,
      listedAt,
      storageKey,
      mime: 'text/plain; charset=utf-8',
      size: bytes.length,
    };
    await app.db.topicFile.create({ data, select: { id: true } });
    names.push(name);
  }
  return names;
}

async function aTask(app: App, topicId: string, number: number, names: string[], { one, often, rarely, below }: Dice): Promise<void> {
  const file = names.length > 0 && often() ? `\n\n[файл](files/${one(names)})` : '';
  const source = `---\n# заметка автора\ntitle:   "Задание ${number}"   \nkind: number\nkey: ${below(100)}\n---\n\n\n    код\n\nУсловие${file}\n\n# Решение\n\nТак`;
  const parsed = parseTaskSource(source);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const isPublished = often();
  const row = { topicId, slug: `q${number}`, position: number * 2, deletedAt: rarely() ? app.clock.now() : null };
  const published = { ...parsed.task, source, publishedAt: app.clock.now() };
  const draft = rarely() || (!isPublished && often()) ? one([source, `${source}!`, ...nasty, '']) : null;
  const unpublished = { title: draftTitle(draft ?? '') ?? 'Черновик', source: '', statement: '', points: 1, publishedAt: null };
  const hidden = { ...published, publishedAt: null };
  const data = { ...row, ...(isPublished ? published : rarely() ? hidden : unpublished) };
  const { id } = await app.db.task.create({ data, select: { id: true } });
  if (draft !== null) await aDraft(app, 'task', id, draft);
}

/** With tasks of any state, in an order of its own, and windows that end before they begin while it is a draft. */
async function anExam(app: App, courseId: string, place: number, { one, often, rarely, below }: Dice): Promise<void> {
  const instant = () => (often() ? new Date(Date.UTC(2026, below(12), 1 + below(28), below(24), below(60), below(60), below(1000))) : null);
  const [opensAt, closesAt] = [instant(), instant()];
  const isBackwards = opensAt !== null && closesAt !== null && closesAt <= opensAt;
  const tasks = await app.db.task.findMany({
    where: { topic: { courseId } },
    orderBy: [{ title: 'desc' }, { id: 'asc' }],
    select: { id: true },
  });
  await app.db.exam.create({
    data: {
      courseId,
      slug: `e${below(1000)}-${place}`,
      title: one(nasty),
      about: often() ? `\n${one(nasty)}\n\n    код\n\n![нет](files/none.png)\n\n` : '',
      limitMinutes: often() ? 1 + below(300) : null,
      opensAt,
      closesAt,
      attempts: often() ? 1 + below(3) : null,
      shuffled: often(),
      review: often() ? 'closing' : 'finish',
      scaleYear: often() ? 2025 : null,
      position: place * 2 + below(2),
      publishedAt: often() && !isBackwards ? app.clock.now() : null,
      deletedAt: rarely() ? app.clock.now() : null,
      tasks: { create: tasks.filter(often).map(({ id }, position) => ({ taskId: id, position: position * 3 })) },
    },
    select: { id: true },
  });
}

async function aDraft(app: App, kind: 'task' | 'theory' | 'course', subjectId: string, draft: string): Promise<void> {
  await app.db.textState.create({
    data: { kind, subjectId, rev: 1, draft, editedBy: 'system', editedAt: app.clock.now() },
    select: { rev: true },
  });
}
