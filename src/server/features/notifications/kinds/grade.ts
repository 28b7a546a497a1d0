import * as z from 'zod';
import { catalogues } from '#shared/i18n/server.ts';
import type { App } from '../../../platform/app.ts';
import type { BellLine, NoticeData, NoticeMessage, NoticeRow, NoticeWords, Recipient } from '../message.ts';

const dataSchema = z.union([
  z.object({ work: z.object({ id: z.uuid(), decidedAt: z.iso.datetime() }) }),
  z.object({ keyFix: z.uuid() }),
  z.object({ exam: z.object({ id: z.uuid() }) }),
]);

interface Said extends BellLine {
  /** Has it been seen where it leads to? */
  seen: boolean;
  body: string;
  button: string;
}

const taskColumns = `k.title AS task, k.points AS of, k.slug AS task_slug, o.title AS topic, o.slug AS topic_slug, c.slug AS course_slug`;
const taskTables = 'JOIN task k ON k.id = x.task_id JOIN topic o ON o.id = k.topic_id JOIN course c ON c.id = o.course_id';

interface TaskRow {
  task: string;
  of: number;
  task_slug: string;
  topic: string;
  topic_slug: string;
  course_slug: string;
}

const taskHref = ({ course_slug, topic_slug, task_slug }: TaskRow) => `/courses/${course_slug}/${topic_slug}#${task_slug}`;

type Of<K extends string> = Extract<NoticeData['grade'], Record<K, unknown>>;
type Words = (typeof catalogues)['ru']['notice']['grade'];

/** Works that were graded or given back, as they were decided then: opened again or decided anew they are another notice's. */
async function findWorks(app: App, personId: string, about: Of<'work'>[], words: Words): Promise<Map<string, Said>> {
  if (about.length === 0) return new Map();
  const { rows } = await app.pool.query<
    TaskRow & {
      id: string;
      decided_at: Date;
      state: 'accepted' | 'returned';
      points: number | null;
      seen: boolean;
      attempt_id: string | null;
      exam: string | null;
    }
  >({
    name: 'notice-works',
    text: `SELECT x.id, x.decided_at, x.state, x.points, x.seen_at IS NOT NULL AS seen, a.attempt_id, e.title AS exam, ${taskColumns} FROM work x ${taskTables}
      LEFT JOIN exam_answer a ON a.work_id = x.id LEFT JOIN exam_attempt t ON t.id = a.attempt_id LEFT JOIN exam e ON e.id = t.exam_id
      WHERE x.person_id = $1 AND x.id = ANY($2::uuid[]) AND x.state IN ('accepted', 'returned')`,
    values: [personId, about.map(({ work }) => work.id)],
  });
  return new Map(
    rows.map((row) => {
      const points = row.points ?? 0;
      const graded = row.state === 'accepted';
      return [
        workKey(row.id, row.decided_at),
        {
          title: graded ? words.accepted(points, row.of) : words.returned,
          text: row.exam === null ? row.topic : row.exam,
          body:
            row.exam !== null
              ? words.examWork(row.exam, row.task)
              : graded
                ? words.work(row.task, row.topic)
                : words.returnedWork(row.task, row.topic),
          button: graded ? words.toResult : words.toWork,
          href: row.attempt_id === null ? taskHref(row) : `/attempts/${row.attempt_id}`,
          seen: row.seen,
        },
      ];
    }),
  );
}

const workKey = (id: string, decidedAt: Date | string) => `work ${id} ${new Date(decidedAt).getTime()}`;

async function findGains(app: App, personId: string, about: Of<'keyFix'>[], words: Words): Promise<Map<string, Said>> {
  if (about.length === 0) return new Map();
  const { rows } = await app.pool.query<TaskRow & { id: string; before: number; after: number; seen: boolean }>({
    name: 'notice-gains',
    text: `SELECT x.key_fix_id AS id, x.before, x.after, x.seen_at IS NOT NULL AS seen, ${taskColumns} FROM key_fix_gain x ${taskTables}
      WHERE x.person_id = $1 AND x.key_fix_id = ANY($2::uuid[])`,
    values: [personId, about.map(({ keyFix }) => keyFix)],
  });
  return new Map(
    rows.map((row) => [
      `key ${row.id}`,
      {
        title: words.gained(row.after - row.before),
        text: row.topic,
        body: words.keyFix(row.task, row.before, row.after),
        button: words.toTask,
        href: taskHref(row),
        seen: row.seen,
      },
    ]),
  );
}

async function findExams(app: App, personId: string, about: Of<'exam'>[], words: Words): Promise<Map<string, Said>> {
  if (about.length === 0) return new Map();
  const { rows } = await app.pool.query<{ id: string; title: string }>({
    name: 'notice-exams',
    text: `SELECT a.id, e.title FROM exam_attempt a JOIN exam e ON e.id = a.exam_id
      WHERE a.person_id = $1 AND a.id = ANY($2::uuid[]) AND a.released_at IS NOT NULL AND e.deleted_at IS NULL`,
    values: [personId, about.map(({ exam }) => exam.id)],
  });
  return new Map(
    rows.map(({ id, title }) => [
      `exam ${id}`,
      { title: words.results(title), text: '', body: words.resultsText, button: words.toResult, href: `/attempts/${id}`, seen: false },
    ]),
  );
}

/** By `keyOf`. At most one statement for each sort of grading. */
async function findSaid(app: App, notices: NoticeRow<'grade'>[], { id, locale }: Recipient): Promise<Map<string, Said>> {
  const words = catalogues[locale].notice.grade;
  const data = notices.map((notice) => notice.data);
  const found = await Promise.all([
    findWorks(
      app,
      id,
      data.filter((about): about is Of<'work'> => 'work' in about),
      words,
    ),
    findGains(
      app,
      id,
      data.filter((about): about is Of<'keyFix'> => 'keyFix' in about),
      words,
    ),
    findExams(
      app,
      id,
      data.filter((about): about is Of<'exam'> => 'exam' in about),
      words,
    ),
  ]);
  return new Map(found.flatMap((some) => [...some]));
}

function keyOf(data: NoticeData['grade']): string {
  if ('work' in data) return workKey(data.work.id, data.work.decidedAt);
  return 'keyFix' in data ? `key ${data.keyFix}` : `exam ${data.exam.id}`;
}

/** To a student: a work was graded or given back, a mended key gave points, the results of an exam are out. */
export const grade: NoticeWords<'grade'> = {
  parse: (data) => dataSchema.safeParse(data).data ?? null,
  shared: false,
  async message(app, notice, recipient): Promise<NoticeMessage | null> {
    const said = (await findSaid(app, [notice], recipient)).get(keyOf(notice.data));
    if (!said || said.seen) return null;
    const { title, body, button, href } = said;
    return { title, body, button: { label: button, url: href }, pictures: [], replyTo: null };
  },
  async lines(app, notices, recipient) {
    const all = await findSaid(app, notices, recipient);
    return new Map(
      notices.flatMap((notice): [string, BellLine][] => {
        const said = all.get(keyOf(notice.data));
        return said ? [[notice.id, { title: said.title, text: said.text, href: said.href }]] : [];
      }),
    );
  },
};
