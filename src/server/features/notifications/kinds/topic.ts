import * as z from 'zod';
import { catalogues } from '#shared/i18n/server.ts';
import type { App } from '../../../platform/app.ts';
import { isShown, topicIsShown } from '../../courses/visible.ts';
import type { NoticeWords } from '../message.ts';

const dataSchema = z.object({ topicId: z.uuid() });

interface TopicRow {
  id: string;
  title: string;
  slug: string;
  course_title: string;
  course_slug: string;
  tasks: number;
}

/** Of these, what this person may open now and has not been in: the others were put off again, or put away. One statement. */
async function findOpenTopics(app: App, personId: string, topicIds: string[], unvisited: boolean): Promise<TopicRow[]> {
  const { rows } = await app.pool.query<TopicRow>({
    name: 'notice-topics',
    text: `SELECT t.id, t.title, t.slug, c.title AS course_title, c.slug AS course_slug,
        (SELECT count(*)::int FROM task k WHERE k.topic_id = t.id AND ${isShown('k')}) AS tasks
      FROM topic t JOIN course c ON c.id = t.course_id LEFT JOIN topic_visit v ON v.topic_id = t.id AND v.person_id = $1
      WHERE t.id = ANY($2::uuid[]) AND ${topicIsShown} AND (NOT $3 OR v.topic_id IS NULL)
        AND (t.opens_at <= $4 OR v.topic_id IS NOT NULL OR EXISTS (SELECT FROM topic_opening o WHERE o.topic_id = t.id AND o.person_id = $1))
        AND EXISTS (SELECT FROM enrolment e WHERE e.course_id = c.id AND e.person_id = $1)`,
    values: [personId, topicIds, unvisited, app.clock.now()],
  });
  return rows;
}

const hrefOf = ({ course_slug, slug }: TopicRow) => `/courses/${course_slug}/${slug}`;

/** To the students of a course: a topic has opened. */
export const topic: NoticeWords<'topic'> = {
  parse: (data) => dataSchema.safeParse(data).data ?? null,
  shared: false,
  async message(app, notice, { id, locale }) {
    const [row] = await findOpenTopics(app, id, [notice.data.topicId], true);
    if (!row) return null;
    const words = catalogues[locale].notice.topic;
    return {
      title: words.title(row.title),
      body: words.text(row.course_title, row.tasks),
      button: { label: words.open, url: hrefOf(row) },
      pictures: [],
      replyTo: null,
    };
  },
  async lines(app, notices, { id, locale }) {
    const words = catalogues[locale].notice.topic;
    const ids = notices.map(({ data }) => data.topicId);
    const rows = new Map((await findOpenTopics(app, id, ids, false)).map((row) => [row.id, row]));
    return new Map(
      notices.flatMap((notice) => {
        const row = rows.get(notice.data.topicId);
        return row ? [[notice.id, { title: words.title(row.title), text: row.course_title, href: hrefOf(row) }]] : [];
      }),
    );
  },
};
