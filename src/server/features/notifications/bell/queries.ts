import type { NoticeKind } from '#shared/notification-rules.ts';
import { type BellItemDto, type BellPageDto, bellPageSize } from '#shared/notifications.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { noticeWords } from '../kinds.ts';
import type { BellLine, NoticeRow, NoticeWords, Recipient } from '../message.ts';

interface Row {
  id: string;
  notice_id: string;
  kind: string;
  data: unknown;
  at: Date;
  created_at: Date;
  seen: boolean;
  first_name: string;
  locale: string;
}

/**
 * What is behind the bell, newest first. What it says is read from what it is about, and what is gone is left out: a page may be shorter than others
 * and still have one after it.
 */
export async function listBell(app: App, actor: PersonActor, { cursor }: { cursor?: string | undefined }): Promise<BellPageDto> {
  const { rows } = await app.pool.query<Row>({
    name: 'bell-list',
    text: `SELECT d.id, d.notice_id, n.kind, n.data, d.sent_at AS at, n.created_at, d.seen_at IS NOT NULL AS seen, p.first_name, p.locale
      FROM delivery d JOIN notice n ON n.id = d.notice_id JOIN person p ON p.id = d.person_id
      WHERE d.person_id = $1 AND d.channel = 'site' AND d.state = 'sent' AND d.id < $2 ORDER BY d.id DESC LIMIT ${bellPageSize + 1}`,
    values: [actor.id, cursor ?? maxId],
  });
  const page = rows.slice(0, bellPageSize);
  const [first] = page;
  if (!first) return { items: [], nextCursor: null, newest: null };
  const recipient: Recipient = {
    id: actor.id,
    role: actor.role,
    firstName: first.first_name,
    locale: first.locale === 'en' ? 'en' : 'ru',
    timeZone: actor.timeZone,
  };
  const lines = new Map<string, BellLine>();
  const kinds = new Set(page.map(({ kind }) => kind).filter(isKind));
  for (const found of await Promise.all([...kinds].map((kind) => linesOf(app, kind, page, recipient))))
    for (const [id, line] of found) lines.set(id, line);
  return {
    items: page.flatMap((row) => toItemDto(row, lines.get(row.notice_id))),
    nextCursor: rows.length > bellPageSize ? (page.at(-1)?.id ?? null) : null,
    newest: first.id,
  };
}

const maxId = '9223372036854775807';

function isKind(kind: string): kind is NoticeKind {
  return Object.hasOwn(noticeWords, kind);
}

function toItemDto({ id, kind, at, seen }: Row, line: BellLine | undefined): BellItemDto[] {
  return line && isKind(kind) ? [{ id, kind, at: at.toISOString(), seen, ...line }] : [];
}

async function linesOf<K extends NoticeKind>(
  app: App,
  kind: K,
  rows: readonly Row[],
  recipient: Recipient,
): Promise<Map<string, BellLine>> {
  const words: NoticeWords<K> = noticeWords[kind];
  const notices = rows.flatMap((row): NoticeRow<K>[] => {
    const data = row.kind === kind ? words.parse(row.data) : null;
    return data === null ? [] : [{ id: row.notice_id, kind, data, createdAt: row.created_at }];
  });
  return notices.length === 0 ? new Map() : words.lines(app, notices, recipient);
}

/** Asked by every page. Counting ends where the bell says «99+». */
export async function countUnseen(app: App, actor: PersonActor): Promise<{ count: number }> {
  const { rows } = await app.pool.query<{ count: number }>({
    name: 'bell-unseen',
    text: `SELECT count(*)::int AS count FROM (
        SELECT FROM delivery WHERE person_id = $1 AND channel = 'site' AND state = 'sent' AND seen_at IS NULL LIMIT 100) unseen`,
    values: [actor.id],
  });
  return { count: rows[0]?.count ?? 0 };
}
