import { isPaid } from './visible.ts';

/**
 * Makes a course one's own by working at it, as a statement: a free one only. One that is paid for is given by its payment, and must not come back here when
 * its time ends between the gate and this.
 * @param values expressions of SQL
 */
export const takeFreeCourse = (values: { person: string; course: string; now: string; when?: string }) =>
  `INSERT INTO enrolment AS en (person_id, course_id, enrolled_at) SELECT ${values.person}, c.id, ${values.now}
    FROM course c WHERE c.id = ${values.course} AND NOT ${isPaid} ${values.when ? `AND ${values.when}` : ''}
    ON CONFLICT (person_id, course_id) DO UPDATE SET enrolled_at = EXCLUDED.enrolled_at, how = EXCLUDED.how, ends_at = NULL
    WHERE en.ends_at <= EXCLUDED.enrolled_at`;
