import type { ChatFileDto, HistoryDto, MessageDto } from '#shared/chat.ts';
import { chatLimits } from '#shared/chat-rules.ts';
import { AppError } from '#shared/errors.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { escapeHtml } from '../../../platform/markdown/text.ts';
import { chatFileUrl, sourceSet, widthsBelow } from '../../files/urls.ts';
import { accessThread, nameOf } from '../access.ts';
import { deletedState, mayRestore } from '../rules.ts';

export interface MessageFileRow {
  id: string;
  name: string;
  mime: string;
  size: number;
  width: number | null;
  height: number | null;
}

export interface MessageRow {
  thread_id: string;
  seq: number;
  rev: number;
  kind: MessageDto['kind'];
  author_id: string | null;
  by_teacher: boolean;
  author_name: string | null;
  client_id: string;
  body: string;
  created_at: Date;
  edited_at: Date | null;
  deleted_at: Date | null;
  deleted_by: string | null;
  files: MessageFileRow[];
}

const messageColumns = `m.thread_id, m.seq, m.rev, m.kind, m.author_id, m.by_teacher, ${nameOf('a')} AS author_name, m.client_id, m.body, m.created_at,
  m.edited_at, m.deleted_at, m.deleted_by,
  (SELECT coalesce(json_agg(json_build_object('id', f.id, 'name', f.name, 'mime', f.mime, 'size', f.size, 'width', f.width, 'height', f.height)
      ORDER BY f.position), '[]') FROM chat_file f WHERE f.thread_id = m.thread_id AND f.seq = m.seq) AS files`;
const messageTables = 'chat_message m LEFT JOIN person a ON a.id = m.author_id';

/**
 * Makes the message as each of its readers gets it: rendered once, and the same object for all who get the same. Of a deleted one nobody gets a word.
 * @returns asked once for every reader
 */
export function messageFor(app: App, row: MessageRow): (reader: Pick<PersonActor, 'id' | 'role'>) => MessageDto {
  const deleted = deletedState({ deletedAt: row.deleted_at, deletedBy: row.deleted_by });
  const forStudents: MessageDto = {
    threadId: row.thread_id,
    seq: row.seq,
    rev: row.rev,
    kind: row.kind,
    author: { id: row.author_id, name: row.author_name, teacher: row.by_teacher },
    clientId: null,
    html: deleted ? '' : htmlOf(app, row),
    body: row.kind === 'search' && !deleted ? row.body : null,
    files: [],
    at: row.created_at.toISOString(),
    editedAt: row.edited_at?.toISOString() ?? null,
    deleted,
    restorable: false,
  };
  const body = deleted ? null : row.body;
  const forModerators = { ...forStudents, body };
  const files = deleted ? [] : row.files;
  return (reader) => {
    const dto = reader.role === 'moderator' ? forModerators : forStudents;
    const own = reader.id === row.author_id;
    const restorable = deleted !== null && mayRestore({ authorId: row.author_id, deletedBy: row.deleted_by }, reader.id);
    if (!own && !restorable && files.length === 0) return dto;
    return {
      ...dto,
      restorable,
      ...(own ? { body, clientId: row.client_id } : {}),
      files: files.map((file) => toChatFileDto(app, reader, file)),
    };
  };
}

export function toMessageDto(app: App, reader: PersonActor, row: MessageRow): MessageDto {
  return messageFor(app, row)(reader);
}

function htmlOf(app: App, { thread_id, seq, kind, body }: MessageRow): string {
  if (kind === 'search') return `<p>${escapeHtml(body)}</p>`;
  return app.markdown.renderMessage(body, `m${thread_id.slice(0, 8)}-${seq}-`);
}

function toChatFileDto(app: App, reader: Pick<PersonActor, 'id'>, { id, name, mime, size, width, height }: MessageFileRow): ChatFileDto {
  const url = (narrow?: number) => chatFileUrl(app, reader, { id, name }, narrow);
  return { id, name, mime, size, width, height, url: url(), srcSet: sourceSet(widthsBelow(width, name), width, url) };
}

/**
 * A page of a thread, the newest where `before` is left out. Two statements, both by keys: as fast at a million messages as at ten.
 * @throws AppError CHAT_NOT_FOUND
 */
export async function getHistory(
  app: App,
  actor: PersonActor,
  input: { threadId: string; before?: number | undefined },
): Promise<HistoryDto> {
  // The counter first: what changes between the two statements comes once more with the changes after it.
  const { row: thread } = await accessThread(app, actor, input.threadId);
  const { rows } = await app.pool.query<MessageRow>({
    name: 'chat-history',
    text: `SELECT ${messageColumns} FROM ${messageTables} WHERE m.thread_id = $1 AND m.seq < $2 ORDER BY m.seq DESC LIMIT ${chatLimits.page + 1}`,
    values: [thread.id, input.before ?? 2_147_483_647],
  });
  const page = rows.slice(0, chatLimits.page).reverse();
  return { messages: page.map((row) => toMessageDto(app, actor, row)), more: rows.length > chatLimits.page, rev: thread.rev };
}

/** Rows a replay reads at a time. */
export const changesAtOnce = 200;

/** What changed after `rev`, oldest change first, one page of it. For whoever has passed the gate of the thread. */
export async function readChanges(app: App, threadId: string, rev: number): Promise<MessageRow[]> {
  const { rows } = await app.pool.query<MessageRow>({
    name: 'chat-changes',
    text: `SELECT ${messageColumns} FROM ${messageTables} WHERE m.thread_id = $1 AND m.rev > $2 ORDER BY m.rev LIMIT ${changesAtOnce}`,
    values: [threadId, rev],
  });
  return rows;
}

/** One message as it is now; null: there is none at that place. */
export async function findMessage(app: App, threadId: string, seq: number): Promise<MessageRow | null> {
  const { rows } = await app.pool.query<MessageRow>({
    name: 'chat-message',
    text: `SELECT ${messageColumns} FROM ${messageTables} WHERE m.thread_id = $1 AND m.seq = $2`,
    values: [threadId, seq],
  });
  return rows[0] ?? null;
}

/**
 * What a message said before it was changed, and what a deleted one said last. For moderators.
 * @throws AppError CHAT_NOT_FOUND
 */
export async function getVersions(app: App, actor: PersonActor, input: { threadId: string; seq: number }) {
  const { row: thread } = await accessThread(app, actor, input.threadId);
  const message = await app.db.chatMessage.findUnique({
    where: { threadId_seq: { threadId: thread.id, seq: input.seq } },
    select: {
      body: true,
      deletedAt: true,
      versions: { orderBy: { number: 'asc' }, select: { number: true, body: true, at: true } },
    },
  });
  if (!message) throw new AppError('CHAT_NOT_FOUND');
  const { versions, body, deletedAt } = message;
  const all = deletedAt ? [...versions, { number: versions.length + 1, body, at: deletedAt }] : versions;
  return all.map(({ number, body: text, at }) => ({
    number,
    html: app.markdown.renderMessage(text, `v${number}-m${thread.id.slice(0, 8)}-${input.seq}-`),
    at: at.toISOString(),
  }));
}
