/**
 * What of a person goes, table by table. Everything else that names the person in a foreign key is small and goes with the row of the person itself
 * (ON DELETE CASCADE); what only refers to them by id is emptied in `steps.ts`. A test walks the database and fails on a table that is in neither.
 */

/** Big tables, taken away in portions so that no statement holds locks for long. In this order; `$1` is the person. */
export const portions: readonly { table: string; of: string }[] = [
  { table: 'delivery', of: 'person_id = $1' },
  { table: 'submission', of: 'person_id = $1' },
  { table: 'mistake_answer', of: 'person_id = $1' },
  { table: 'task_progress', of: 'person_id = $1' },
  { table: 'exam_attempt', of: 'person_id = $1' },
  { table: 'work', of: 'person_id = $1' },
  { table: 'chat_message', of: 'thread_id IN (SELECT id FROM chat_thread WHERE student_id = $1)' },
  { table: 'chat_thread', of: 'student_id = $1' },
  { table: 'upload', of: 'person_id = $1' },
  { table: 'login_code', of: 'person_id = $1' },
  { table: 'payment_method', of: 'person_id = $1' },
];

/** Tables that name a person and keep their rows, with the reason. Emptied of whatever says who it was. */
export const kept: Readonly<Record<string, string>> = {
  payment_order: 'money: the law on accounting asks for five years; without name, address of mail and links to receipts',
  subscription: 'belongs to orders that are kept; names nobody any more',
  entitlement: 'belongs to orders that are kept; names nobody any more',
  news_post: 'written by moderators; who erases themselves is a student',
  chat_answer: 'written by moderators; those to the student go with the thread',
};
