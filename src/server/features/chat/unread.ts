/** Counting stops here: «99+» is all that anybody is shown, and whoever comes new to an old room has not read a million messages. */
export const mostUnread = 100;

/** Messages of teachers in a thread `alias` that its student `person` has not read. By the key of the message. */
export const unreadOfThread = (alias: string, person: string) => unread(alias, person, 'um.by_teacher');

/** Messages of others in a room. */
export const unreadOfRoom = (alias: string, person: string) => unread(alias, person, `um.author_id IS DISTINCT FROM ${person}::uuid`);

/** Messages of the student that a moderator has not read. */
export const unreadOfStudent = (alias: string, person: string) => unread(alias, person, 'NOT um.by_teacher');

function unread(alias: string, person: string, of: string): string {
  return `(SELECT count(*)::int FROM (SELECT 1 FROM chat_message um
    WHERE um.thread_id = ${alias}.id AND ${of} AND um.deleted_at IS NULL
      AND um.seq > coalesce((SELECT ur.read_seq FROM chat_reader ur WHERE ur.thread_id = ${alias}.id AND ur.person_id = ${person}), 0)
    LIMIT ${mostUnread}) some_unread)`;
}
