/** A school in which everything happens: students in a course, an exam and a chat, courses to buy, people with Telegram, a moderator. */
import { randomUUID } from 'node:crypto';
import { openSupport } from '#server/features/chat/actions.ts';
import type { App, PersonActor } from '#server/platform/app.ts';
import { aCourse, aNumber } from '#server/testing/course.ts';
import { anExam, begin } from '#server/testing/exam.ts';
import { firstPersonId } from '#server/testing/telegram-process.ts';
import type { RunningAttemptDto } from '#shared/exams.ts';

export interface Seat {
  personId: string;
  /** Value of a Cookie header. */
  cookie: string;
  threadId: string;
  attempt: RunningAttemptDto;
}

export interface Prepared {
  seats: Seat[];
  moderator: { cookie: string };
  /** Answered in turn. */
  tasks: string[];
  /** Of courses that are sold. */
  forSale: string[];
}

export const priceMinor = 490_000;

interface Numbers {
  students: number;
  /** People who are told by Telegram. */
  listeners: number;
  forSale: number;
}

export async function prepare(app: App, { students, listeners, forSale }: Numbers): Promise<Prepared> {
  const course = await aCourse(app, {
    topics: [{ tasks: Array.from({ length: 30 }, () => aNumber()) }, { tasks: [aNumber(), aNumber(), aNumber()] }],
  });
  // It has no end, for the clock is turned.
  const exam = await anExam(app, course, { tasks: course.topic(1).tasks, limitMinutes: null });
  const seats: Seat[] = [];
  for (const actor of await people(app, 'student', students)) {
    const { threadId } = await openSupport(app, actor, {});
    seats.push({ personId: actor.id, cookie: await session(app, actor.id), threadId, attempt: await begin(app, actor, exam) });
  }
  const sold = await Promise.all(Array.from({ length: forSale }, () => aCourse(app, { priceMinor })));
  const [moderator] = await people(app, 'moderator', 1);
  await app.pool.query(
    `WITH them AS (
      INSERT INTO person (role, email, first_name, last_name) SELECT 'student', 'listener' || n || '@example.ru', 'Анна', 'Волкова'
      FROM generate_series(1, $1::int) n RETURNING id, substring(email FROM '\\d+')::bigint AS n
    ), awake AS (INSERT INTO quiet_hours (person_id, from_min, to_min) SELECT id, 0, 0 FROM them)
    INSERT INTO telegram_link (person_id, telegram_id, linked_at) SELECT id, $2::bigint + n - 1, now() FROM them`,
    [listeners, firstPersonId],
  );
  return {
    seats,
    moderator: { cookie: await session(app, moderator?.id ?? '') },
    tasks: course.topic(0).tasks,
    forSale: sold.map(({ slug }) => slug),
  };
}

async function people(app: App, role: 'student' | 'moderator', count: number): Promise<PersonActor[]> {
  const rows = Array.from({ length: count }, (_, n) => ({
    id: randomUUID(),
    role,
    email: `${role}-${n}@example.ru`,
    firstName: 'Илья',
    lastName: 'Соколов',
  }));
  await app.db.person.createMany({ data: rows });
  return rows.map(({ id }) => ({ kind: 'person', id, role, timeZone: 'Europe/Moscow' }));
}

async function session(app: App, personId: string): Promise<string> {
  const cookie = await app.sessions.create(personId, { ip: '127.0.0.1', userAgent: 'bench' });
  return cookie.split(';')[0] ?? '';
}
