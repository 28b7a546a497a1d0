import { AppError } from '#shared/errors.ts';
import type { Actor, App } from '../../../platform/app.ts';
import { isShown } from '../../courses/visible.ts';
import { accessStudents } from '../../people/students/access.ts';

declare const proof: unique symbol;

export interface GroupTopic {
  id: string;
  slug: string;
  title: string;
  opensAt: Date;
  /** Tasks that students see. */
  tasks: number;
}

/** A course and what its students are to do in it, for somebody who may see their work. Only `accessGroup` makes one. */
export interface Group {
  readonly [proof]: 'group';
  courseId: string;
  slug: string;
  title: string;
  topics: GroupTopic[];
}

interface TopicRow {
  course_id: string;
  course_title: string;
  id: string | null;
  slug: string;
  title: string;
  opens_at: Date;
  tasks: number;
}

/**
 * One statement. A course that is a draft again still has its students; whatever students do not see of it is left out.
 * @throws AppError AUTH_FORBIDDEN, COURSES_NOT_FOUND
 */
export async function accessGroup(app: App, actor: Actor, course: string): Promise<Group> {
  accessStudents(actor);
  const { rows } = await app.pool.query<TopicRow>({
    name: 'group-topics',
    text: `SELECT c.id AS course_id, c.title AS course_title, t.id, t.slug, t.title, t.opens_at, count(k.id)::int AS tasks
      FROM course c LEFT JOIN topic t ON t.course_id = c.id AND ${isShown('t')} LEFT JOIN task k ON k.topic_id = t.id AND ${isShown('k')}
      WHERE c.slug = $1 AND c.deleted_at IS NULL GROUP BY c.id, t.id ORDER BY t.position, t.id`,
    values: [course],
  });
  const [first] = rows;
  if (!first) throw new AppError('COURSES_NOT_FOUND');
  const topics = rows.flatMap(({ id, slug, title, opens_at, tasks }) =>
    id === null ? [] : [{ id, slug, title, opensAt: opens_at, tasks }],
  );
  return { courseId: first.course_id, slug: course, title: first.course_title, topics } as Omit<Group, typeof proof> as Group;
}
