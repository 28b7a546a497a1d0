/**
 * How answers become progress, as pieces of a statement. One definition for the answer that is counted at once (tasks/actions.ts), for the whole
 * cache made anew, for a mended key and for a graded work.
 */

/**
 * The answer `alias` (a row of submission) solves its task: it is right, or it is a long work that was accepted with points, which carries the
 * work's id. Parts of points leave any other task to be solved still.
 */
export const solves = (alias: string) => `(${alias}.verdict = 'right' OR (${alias}.verdict = 'partly' AND EXISTS
    (SELECT 1 FROM work w WHERE w.id = ${alias}.client_id AND w.person_id = ${alias}.person_id AND w.state = 'accepted' AND w.points > 0)))`;

/**
 * A SELECT of what `task_progress` is to hold: wrong answers after the first that solved do not count, as in `submitAnswer`.
 * @param which condition on `s` (submission); left out: all answers there are
 */
export const progressOfAnswers = (which = 'true') => `SELECT s.person_id, s.task_id,
    (count(*) FILTER (WHERE s.verdict <> 'right' AND (f.id IS NULL OR s.id < f.id)))::int AS wrong_count,
    max(s.points) AS best_points, min(f.created_at) AS solved_at, max(s.created_at) AS last_at
  FROM submission s LEFT JOIN LATERAL (
    SELECT r.id, r.created_at FROM submission r WHERE r.person_id = s.person_id AND r.task_id = s.task_id AND ${solves('r')} ORDER BY r.id LIMIT 1
  ) f ON true
  WHERE ${which}
  GROUP BY s.person_id, s.task_id`;

/**
 * A SELECT of (person_id, task_id, solved_on): each solved task once, on the day it was first solved. Days of the streak, of the activity and of the
 * tables of teachers are all made from it. The day is in the zone that the student had at that moment (`local_on`).
 * @param which condition on `s` (submission)
 */
export const firstSolved = (which: string) =>
  `SELECT s.person_id, s.task_id, min(s.local_on) AS solved_on FROM submission s WHERE ${which} AND ${solves('s')} GROUP BY s.person_id, s.task_id`;
