/**
 * What students see, as conditions of a statement: published and not deleted. One definition for pages, files, answers and statistics; whether it is
 * open yet is the gate's business (rules.ts). Every place of a statement that lists or counts tasks, topics or courses for a student wants its part.
 * @param alias of the table in the statement
 */
export const isShown = (alias: string) => `${alias}.published_at IS NOT NULL AND ${alias}.deleted_at IS NULL`;

/** A topic `t` of a course `c`. */
export const topicIsShown = `${isShown('t')} AND ${isShown('c')}`;

/** Place of the task `k` among those of its topic that students see: «задание 3». */
export const taskNumber = `(SELECT count(*)::int FROM task n WHERE n.topic_id = k.topic_id AND ${isShown('n')} AND (n.position, n.id) <= (k.position, k.id))`;

/** Is a course `c` sold, in whatever way? A free one is everybody's. */
export const isPaid = '(c.price_minor > 0 OR c.monthly_minor > 0)';

/**
 * Until when a person takes a course, as an expression: null where they do not, a day far off where it is for good.
 * @param person, course expressions of SQL
 */
export const enrolledUntil = (person: string, course = 'c.id') =>
  `(SELECT coalesce(en.ends_at, '9999-12-31T00:00:00Z') FROM enrolment en WHERE en.person_id = ${person} AND en.course_id = ${course})`;

/** A task `k` of a topic `t` of a course `c`. */
export const taskIsShown = `${isShown('k')} AND ${topicIsShown}`;
