/** What the hot paths send to the database: recorded from the very code, so that the floor cannot fall behind it. */
import { randomUUID } from 'node:crypto';
import { getHistory } from '#server/features/chat/messages/queries.ts';
import { sendMessage } from '#server/features/chat/send/actions.ts';
import { openTopic } from '#server/features/courses/open-topic.ts';
import { syncAttempt } from '#server/features/exams/sync/actions.ts';
import { submitAnswer } from '#server/features/tasks/actions.ts';
import type { App } from '#server/platform/app.ts';
import { actorOf } from '#server/trpc/context.ts';
import { sessionToken, studentCount } from './students.ts';

export interface Statement {
  name: string;
  text: string;
  parameters: number;
}

export interface Recorded {
  topic: Statement[];
  submit: Statement[];
}

/** Opens a topic and submits an answer once each, as a student whom nobody measures. */
export async function recordStatements(app: App, topic: { course: string; topic: string }, taskId: string): Promise<Recorded> {
  const log = listen(app);
  await openTopic(app, await signIn(app), topic);
  const ofTopic = log.take();
  await submitAnswer(app, await signIn(app), { taskId, clientId: randomUUID(), value: '-770' });
  return { topic: ofTopic, submit: log.take() };
}

/** Saves one answer of an exam, as the same student. */
export async function recordSync(app: App, { attemptId, taskId }: { attemptId: string; taskId: string }): Promise<Statement[]> {
  const log = listen(app);
  const actor = await signIn(app);
  await syncAttempt(app, actor, { attemptId, since: 0, changes: [{ taskId, baseRev: 0, value: '-770', seen: true }] });
  return log.take();
}

/** Reads a page of one's own thread and writes to it, as the same student. */
export async function recordChat(app: App, threadId: string): Promise<Statement[]> {
  const log = listen(app);
  const actor = await signIn(app);
  await getHistory(app, actor, { threadId });
  await sendMessage(app, actor, { threadId, clientId: randomUUID(), body: 'Не понимаю', uploadIds: [] });
  return log.take();
}

async function signIn(app: App) {
  const session = await app.sessions.read(`otlichno=${sessionToken(studentCount - 1)}`);
  if (!session) throw new Error('the student of the bench is not signed in');
  return actorOf(session);
}

function listen(app: App): { take(): Statement[] } {
  let heard: Statement[] = [];
  const query = app.pool.query.bind(app.pool) as (config: unknown) => unknown;
  Object.assign(app.pool, {
    query(config: { name: string; text: string; values: unknown[] }) {
      heard.push({ name: config.name, text: config.text, parameters: config.values.length });
      return query(config);
    },
  });
  return {
    take() {
      const taken = heard;
      heard = [];
      return taken;
    },
  };
}
