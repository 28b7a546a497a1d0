import type { Tx } from '../../platform/db.ts';

/**
 * Holds a course and all its texts until the transaction ends, so that nobody moves, publishes or deletes in it meanwhile. In the order in which
 * everybody else takes them, else two would wait for each other: whoever writes a text holds its state before the row that it is published in,
 * and whoever changes the programme holds the course before the states of texts in it.
 */
export async function holdCourse(tx: Tx, slug: string): Promise<void> {
  await tx.$executeRaw`INSERT INTO text_state (kind, subject_id) SELECT 'course'::text_kind, id FROM course WHERE slug = ${slug}
    ON CONFLICT (kind, subject_id) DO UPDATE SET kind = EXCLUDED.kind`;
  await tx.$executeRaw`SELECT 1 FROM course WHERE slug = ${slug} FOR NO KEY UPDATE`;
  await tx.$executeRaw`INSERT INTO text_state (kind, subject_id)
    SELECT 'theory'::text_kind, t.id FROM topic t JOIN course c ON c.id = t.course_id WHERE c.slug = ${slug}
    UNION ALL
    SELECT 'task'::text_kind, k.id FROM task k JOIN topic t ON t.id = k.topic_id JOIN course c ON c.id = t.course_id WHERE c.slug = ${slug}
    ON CONFLICT (kind, subject_id) DO UPDATE SET kind = EXCLUDED.kind`;
}

/** A text that nobody has written at has no state: those that were made to be held go again. */
export async function dropEmptyStates(tx: Tx, slug: string): Promise<void> {
  await tx.$executeRaw`DELETE FROM text_state s USING (
      SELECT c.id FROM course c WHERE c.slug = ${slug}
      UNION ALL SELECT t.id FROM topic t JOIN course c ON c.id = t.course_id WHERE c.slug = ${slug}
      UNION ALL SELECT k.id FROM task k JOIN topic t ON t.id = k.topic_id JOIN course c ON c.id = t.course_id WHERE c.slug = ${slug}
    ) texts WHERE s.subject_id = texts.id AND s.rev = 0 AND s.draft IS NULL`;
}
