import { AppError } from '#shared/errors.ts';
import type { App, PersonActor } from '../../platform/app.ts';
import { courseIsAllowed, isEnrolled, topicIsOpen } from './rules.ts';
import { enrolledUntil, isPaid, topicIsShown } from './visible.ts';

declare const proof: unique symbol;

/** A topic whose content this actor may have. Only `accessTopic` and `accessTopicFile` make one. */
export interface OpenTopic {
  readonly [proof]: 'open topic';
  id: string;
  courseId: string;
  visited: boolean;
  enrolled: boolean;
}

/** Columns of the gate, for a statement with `t` (topic), `c` (course) and the person as $1. */
export const gateColumns = `t.id AS topic_id, t.title AS topic_title, t.opens_at, c.id AS course_id, c.slug AS course_slug, c.title AS course_title, ${isPaid} AS paid,
  ${enrolledUntil('$1')} AS enrolled_until,
  EXISTS (SELECT 1 FROM topic_visit v WHERE v.person_id = $1 AND v.topic_id = t.id) AS visited,
  EXISTS (SELECT 1 FROM topic_opening o WHERE o.person_id = $1 AND o.topic_id = t.id) AS opened_early`;

export interface GateRow {
  topic_id: string;
  topic_title: string;
  opens_at: Date;
  course_id: string;
  course_slug: string;
  course_title: string;
  paid: boolean;
  enrolled_until: Date | null;
  visited: boolean;
  opened_early: boolean;
}

/**
 * Turns a gate that was read into the right to the content.
 * @throws AppError COURSES_NO_ACCESS, TOPICS_NOT_OPEN
 */
export function passGate(app: App, actor: PersonActor, row: GateRow): OpenTopic {
  const course = { courseSlug: row.course_slug, courseTitle: row.course_title };
  const now = app.clock.now();
  const enrolled = isEnrolled(row.enrolled_until, now);
  if (!courseIsAllowed({ paid: row.paid, enrolled, role: actor.role })) throw new AppError('COURSES_NO_ACCESS', course);
  const gate = { opensAt: row.opens_at, visited: row.visited, openedEarly: row.opened_early, role: actor.role };
  if (!topicIsOpen(gate, now)) {
    throw new AppError('TOPICS_NOT_OPEN', { ...course, topicTitle: row.topic_title, opensAt: row.opens_at.toISOString() });
  }
  return { id: row.topic_id, courseId: row.course_id, visited: row.visited, enrolled } as OpenTopic;
}

export interface OpenFile {
  name: string;
  mime: string;
  size: number;
  storageKey: string;
}

/**
 * A file of a topic, for whoever may open the topic.
 * @throws AppError FILES_NOT_FOUND for an unknown id as well as for a topic that is closed to the actor: a file's existence is nobody's business
 */
export async function accessTopicFile(app: App, actor: PersonActor, fileId: string): Promise<OpenFile> {
  const { rows } = await app.pool.query<GateRow & { name: string; mime: string; size: number; storage_key: string }>({
    name: 'topic-file',
    text: `SELECT f.name, f.mime, f.size, f.storage_key, ${gateColumns}
      FROM topic_file f JOIN topic t ON t.id = f.topic_id JOIN course c ON c.id = t.course_id
      WHERE f.id = $2 AND ($3 OR ${topicIsShown})`,
    // Who makes a topic sees its pictures before students do.
    values: [actor.id, fileId, actor.role === 'moderator'],
  });
  const row = rows[0];
  if (!row) throw new AppError('FILES_NOT_FOUND');
  try {
    passGate(app, actor, row);
  } catch {
    throw new AppError('FILES_NOT_FOUND');
  }
  return { name: row.name, mime: row.mime, size: row.size, storageKey: row.storage_key };
}
