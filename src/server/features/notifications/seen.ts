import type { NoticeKind } from '#shared/notification-rules.ts';
import type { App } from '../../platform/app.ts';
import { publishSql } from '../../platform/bus.ts';

/**
 * What a notice tells of was read where it stands: it is seen behind the bell too, in all tabs of the person. One statement, which writes and tells
 * nothing where it was seen before.
 */
export async function markNoticeSeen(app: App, personId: string, kind: NoticeKind, about: string): Promise<void> {
  await app.pool.query({
    name: 'notice-seen',
    text: `WITH seen AS (
        UPDATE delivery d SET seen_at = $4 FROM notice n
        WHERE n.kind = $2 AND n.about = $3 AND d.notice_id = n.id AND d.person_id = $1 AND d.channel = 'site' AND d.seen_at IS NULL RETURNING d.person_id
      ) SELECT ${publishSql(`'person:' || person_id`, `json_build_object('kind', 'notices', 'threadId', NULL)`)} FROM seen`,
    values: [personId, kind, about, app.clock.now()],
  });
}
