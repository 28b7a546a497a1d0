import type { App } from '../../platform/app.ts';

/** What an entry of the journal is about, as it is now. */
export interface Thing {
  id: string;
  kind:
    | 'task'
    | 'exam'
    | 'topic'
    | 'course'
    | 'work'
    | 'student'
    | 'moderator'
    | 'thread'
    | 'room'
    | 'template'
    | 'faq'
    | 'faq-category'
    | 'news'
    | 'payment'
    | 'subscription'
    | 'promo'
    | 'issue';
  name: string;
  /** Of the course it belongs to; of an issue, its state; of a subscription, the list that has it, and the address of its student. */
  slug: string | null;
}

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/**
 * Things by what the journal calls them: an id, or the slug of a course. What was put away is not found; what was removed is gone. One statement,
 * whatever is asked for.
 */
export async function findThings(app: App, subjects: string[]): Promise<Map<string, Thing>> {
  const ids = [...new Set(subjects.filter((subject) => uuid.test(subject)))];
  const slugs = [...new Set(subjects.filter((subject) => !uuid.test(subject)))];
  const { rows } = await app.pool.query<Thing>({
    name: 'journal-things',
    text: `SELECT p.id::text, p.role::text AS kind, p.first_name || ' ' || p.last_name AS name, NULL AS slug FROM person p WHERE p.id = ANY($1::uuid[])
      UNION ALL SELECT c.id::text, 'course', c.title, c.slug FROM course c WHERE (c.id = ANY($1::uuid[]) OR c.slug = ANY($2)) AND c.deleted_at IS NULL
      UNION ALL SELECT t.id::text, 'topic', t.title, c.slug FROM topic t JOIN course c ON c.id = t.course_id
        WHERE t.id = ANY($1::uuid[]) AND t.deleted_at IS NULL AND c.deleted_at IS NULL
      UNION ALL SELECT k.id::text, 'task', k.title, c.slug FROM task k JOIN topic t ON t.id = k.topic_id JOIN course c ON c.id = t.course_id
        WHERE k.id = ANY($1::uuid[]) AND k.deleted_at IS NULL AND t.deleted_at IS NULL AND c.deleted_at IS NULL
      UNION ALL SELECT x.id::text, 'exam', x.title, c.slug FROM exam x JOIN course c ON c.id = x.course_id
        WHERE x.id = ANY($1::uuid[]) AND x.deleted_at IS NULL AND c.deleted_at IS NULL
      UNION ALL SELECT w.id::text, 'work', k.title, NULL FROM work w JOIN task k ON k.id = w.task_id WHERE w.id = ANY($1::uuid[])
      UNION ALL SELECT h.id::text, CASE WHEN h.kind = 'room' THEN 'room' ELSE 'thread' END, coalesce(h.title, s.last_name || ' ' || s.first_name), NULL
        FROM chat_thread h LEFT JOIN person s ON s.id = h.student_id WHERE h.id = ANY($1::uuid[])
      UNION ALL SELECT m.id::text, 'template', m.title, NULL FROM chat_template m WHERE m.id = ANY($1::uuid[]) AND m.deleted_at IS NULL
      UNION ALL SELECT f.id::text, 'faq', f.title, NULL FROM faq_article f WHERE f.id = ANY($1::uuid[]) AND f.deleted_at IS NULL
      UNION ALL SELECT g.id::text, 'faq-category', g.title, NULL FROM faq_category g WHERE g.id = ANY($1::uuid[])
      UNION ALL SELECT n.id::text, 'news', n.title, NULL FROM news_post n WHERE n.id = ANY($1::uuid[]) AND n.deleted_at IS NULL
      UNION ALL SELECT o.id::text, 'payment', '№ ' || o.number || ', ' || o.title, NULL FROM payment_order o WHERE o.id = ANY($1::uuid[])
      UNION ALL SELECT s.id::text, 'subscription', coalesce(c.title, ''),
          CASE WHEN s.state <> 'ended' AND s.cancelled_at IS NOT NULL THEN 'cancelled' ELSE s.state::text END || ' ' || coalesce(b.email, '')
        FROM subscription s LEFT JOIN course c ON c.id = s.course_id LEFT JOIN person b ON b.id = s.person_id WHERE s.id = ANY($1::uuid[])
      UNION ALL SELECT d.id::text, 'promo', d.code, NULL FROM promo_code d WHERE d.id = ANY($1::uuid[])
      UNION ALL SELECT i.id::text, 'issue', coalesce('№ ' || o.number || ', ' || o.title, ''), CASE WHEN i.resolved_at IS NULL THEN 'open' ELSE 'resolved' END
        FROM payment_issue i LEFT JOIN payment_attempt a ON a.id = i.attempt_id LEFT JOIN payment_order o ON o.id = a.order_id WHERE i.id = ANY($1::uuid[])`,
    values: [ids, slugs],
  });
  return new Map(
    rows.flatMap((thing): [string, Thing][] =>
      thing.kind === 'course' && thing.slug
        ? [
            [thing.id, thing],
            [thing.slug, thing],
          ]
        : [[thing.id, thing]],
    ),
  );
}
