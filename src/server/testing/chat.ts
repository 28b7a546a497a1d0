import { randomUUID } from 'node:crypto';
import type { MessageDto } from '#shared/chat.ts';
import { openSupport, openTask } from '../features/chat/actions.ts';
import { sendMessage } from '../features/chat/send/actions.ts';
import type { App, PersonActor } from '../platform/app.ts';
import { anUpload } from './upload.ts';
import type { Student } from './world.ts';

/**
 * A thread of a student: of support, or under a task, which needs enough wrong answers or a teacher who opens it. Gives its id.
 * @param opener a moderator who opens it by hand
 */
export async function anOpenChat(
  app: App,
  student: Pick<Student, 'actor'>,
  about: { taskId: string; opener?: Pick<Student, 'actor'> } | 'support' = 'support',
): Promise<string> {
  if (about === 'support') return (await openSupport(app, student.actor, {})).threadId;
  const { taskId, opener } = about;
  const opened = opener ? openTask(app, opener.actor, { taskId, studentId: student.actor.id }) : openTask(app, student.actor, { taskId });
  return (await opened).threadId;
}

/** The teachers' common room. */
export async function theCommonRoom(app: App): Promise<string> {
  const room = await app.db.chatThread.findFirstOrThrow({ where: { kind: 'room', about: 'common' }, select: { id: true } });
  return room.id;
}

interface MessagePlan {
  body?: string;
  clientId?: string;
  uploadIds?: string[];
  query?: string;
}

/** A message of somebody who may write there. */
export function aMessage(app: App, by: PersonActor, threadId: string, plan: MessagePlan = {}): Promise<MessageDto> {
  const { body = 'Здравствуйте', clientId = randomUUID(), uploadIds = [], query } = plan;
  return sendMessage(app, by, { threadId, clientId, body, uploadIds, query });
}

/** A picture that has been sent for a message and stands in none yet. Gives the upload's id. */
export function aChatUpload(
  app: App,
  by: Student,
  threadId: string,
  plan: { name?: string; body?: string; width?: number } = {},
): Promise<string> {
  const { name = 'тетрадь.jpg', body = 'jpeg', width = 1200 } = plan;
  return anUpload(app, by, { purpose: 'chat', subjectId: threadId, name, body, mime: 'image/jpeg', width, height: 900 });
}
