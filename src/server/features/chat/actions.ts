import { AppError } from '#shared/errors.ts';
import type { App, PersonActor } from '../../platform/app.ts';
import { recordAudit } from '../../platform/audit.ts';
import { publishSql } from '../../platform/bus.ts';
import type { Tx } from '../../platform/db.ts';
import { taskIsShown } from '../courses/visible.ts';
import { nameOf } from '../people/students/access.ts';
import { accessTask, inAttemptOf } from '../tasks/access.ts';
import { chatLeft } from '../tasks/rules.ts';
import { factsOf } from '../tasks/state.ts';
import { accessThreadToWrite, threadIsVisible } from './access.ts';

interface Opened {
  threadId: string;
}

/**
 * The thread of a student under a task: that there is, or a new one. A student needs enough wrong answers, a moderator opens it at once.
 * @throws AppError CHAT_LOCKED, CHAT_NOT_FOUND, TASKS_IN_EXAM and those of `accessTask`
 */
export async function openTask(app: App, actor: PersonActor, input: { taskId: string; studentId?: string | undefined }): Promise<Opened> {
  const studentId = studentOf(actor, input.studentId);
  const known = await findTaskThread(app, studentId, input.taskId);
  if (actor.role === 'moderator') {
    if (known.thread_id) return { threadId: known.thread_id };
    if (known.in_attempt !== null) throw new AppError('TASKS_IN_EXAM', { attemptId: known.in_attempt });
    return openByHand(app, actor, { kind: 'task', studentId, taskId: input.taskId, about: input.taskId });
  }
  if (known.in_attempt !== null) throw new AppError('TASKS_IN_EXAM', { attemptId: known.in_attempt });
  // What was open once stays open, also when its topic is not.
  if (known.thread_id) return { threadId: known.thread_id };
  const { row } = await accessTask(app, actor, input.taskId);
  const wrongLeft = chatLeft(row.chat_after, factsOf(row));
  if (wrongLeft > 0) throw new AppError('CHAT_LOCKED', { wrongLeft });
  return app.db.$transaction((tx) => addThread(app, tx, { kind: 'task', studentId, taskId: input.taskId, about: input.taskId }));
}

/**
 * The one thread of support of a student.
 * @throws AppError CHAT_NOT_FOUND
 */
export async function openSupport(app: App, actor: PersonActor, input: { studentId?: string | undefined }): Promise<Opened> {
  const studentId = studentOf(actor, input.studentId);
  const known = await app.db.chatThread.findUnique({
    where: { studentId_about: { studentId, about: 'support' } },
    select: { id: true },
  });
  if (known) return { threadId: known.id };
  const plan = { kind: 'support', studentId, taskId: null, about: 'support' } as const;
  if (actor.role === 'moderator') return openByHand(app, actor, plan);
  return app.db.$transaction((tx) => addThread(app, tx, plan));
}

/** Whose thread it is to be: a student opens but their own, a moderator says whose. */
function studentOf(actor: PersonActor, named: string | undefined): string {
  const studentId = actor.role === 'moderator' ? named : (named ?? actor.id);
  if (studentId === undefined || (actor.role === 'student' && studentId !== actor.id)) throw new AppError('CHAT_NOT_FOUND');
  return studentId;
}

async function findTaskThread(app: App, studentId: string, taskId: string) {
  const { rows } = await app.pool.query<{ thread_id: string | null; in_attempt: string | null }>({
    name: 'chat-find-task-thread',
    text: `SELECT (SELECT t.id FROM chat_thread t WHERE t.student_id = $1 AND t.about = k.id::text) AS thread_id, ${inAttemptOf('$1')}
      FROM task k WHERE k.id = $2`,
    values: [studentId, taskId],
  });
  if (!rows[0]) throw new AppError('TASKS_NOT_FOUND');
  return rows[0];
}

interface ThreadPlan {
  kind: 'task' | 'support';
  studentId: string;
  taskId: string | null;
  about: string;
}

async function openByHand(app: App, actor: PersonActor, plan: ThreadPlan): Promise<Opened> {
  return app.db.$transaction(async (tx) => {
    const student = await tx.person.findFirst({
      where: { id: plan.studentId, role: 'student' },
      select: { firstName: true, lastName: true },
    });
    if (!student) throw new AppError('CHAT_NOT_FOUND');
    const task = plan.taskId === null ? null : await findShownTask(tx, plan.taskId);
    const opened = await addThread(app, tx, plan, actor.id);
    if (opened.added) {
      await recordAudit(app, tx, actor, {
        action: 'chat.open',
        subject: opened.threadId,
        label: nameOf(student),
        after: task ? { task: task.title } : undefined,
      });
    }
    return { threadId: opened.threadId };
  });
}

async function findShownTask(tx: Tx, taskId: string): Promise<{ title: string }> {
  const [task] = await tx.$queryRawUnsafe<{ title: string }[]>(
    `SELECT k.title FROM task k JOIN topic t ON t.id = k.topic_id JOIN course c ON c.id = t.course_id WHERE k.id = $1::uuid AND ${taskIsShown}`,
    taskId,
  );
  if (!task) throw new AppError('TASKS_NOT_FOUND');
  return task;
}

/** Two who open it at once get the same one. */
async function addThread(app: App, tx: Tx, plan: ThreadPlan, openedById?: string): Promise<Opened & { added: boolean }> {
  const added = await tx.chatThread.createManyAndReturn({
    data: { ...plan, createdAt: app.clock.now(), ...(openedById === undefined ? {} : { openedById }) },
    skipDuplicates: true,
    select: { id: true },
  });
  const thread =
    added[0] ??
    (await tx.chatThread.findUniqueOrThrow({
      where: { studentId_about: { studentId: plan.studentId, about: plan.about } },
      select: { id: true },
    }));
  if (added.length > 0) {
    await app.bus.publish(tx, `person:${plan.studentId}`, { kind: 'unread', threadId: thread.id });
    await app.bus.publish(tx, 'moderators', { kind: 'inbox', threadId: thread.id });
  }
  return { threadId: thread.id, added: added.length > 0 };
}

/**
 * Has read up to there, on whatever device; never back. One statement.
 * @throws AppError CHAT_NOT_FOUND
 */
export async function markRead(app: App, actor: PersonActor, input: { threadId: string; seq: number }): Promise<void> {
  const { rows } = await app.pool.query<{ id: string }>({
    name: 'chat-read',
    text: `WITH thread AS (
        SELECT t.id, least($4::int, t.last_seq) AS seq FROM chat_thread t WHERE t.id = $2::uuid AND ${threadIsVisible('$3')}
      ), reader AS (
        INSERT INTO chat_reader AS r (thread_id, person_id, read_seq, read_at) SELECT id, $1::uuid, seq, $5::timestamptz FROM thread WHERE seq > 0
        ON CONFLICT (thread_id, person_id) DO UPDATE SET read_seq = EXCLUDED.read_seq, read_at = EXCLUDED.read_at WHERE r.read_seq < EXCLUDED.read_seq
        RETURNING r.thread_id
      )
      SELECT thread.id, CASE WHEN reader.thread_id IS NOT NULL THEN concat(
        ${publishSql(`'thread:' || thread.id`, `json_build_object('kind', 'state')`)},
        ${publishSql(`'person:' || $1::uuid`, `json_build_object('kind', 'unread', 'threadId', thread.id)`)}) END AS told
      FROM thread LEFT JOIN reader ON true`,
    values: [actor.id, input.threadId, actor.role === 'moderator', input.seq, app.clock.now()],
  });
  if (!rows[0]) throw new AppError('CHAT_NOT_FOUND');
}

/**
 * Says that this person is typing. Leaves no row.
 * @throws AppError those of `accessThreadToWrite`
 */
export async function tellTyping(app: App, actor: PersonActor, input: { threadId: string }): Promise<void> {
  const { row } = await accessThreadToWrite(app, actor, input.threadId);
  if (!(await app.limits.mayTellTyping(actor.id, row.id))) return;
  await app.bus.announce(`thread:${row.id}`, {
    kind: 'typing',
    personId: actor.id,
    name: row.actor_name,
    teacher: actor.role === 'moderator',
  });
}
