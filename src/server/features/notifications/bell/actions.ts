import type { App, PersonActor } from '../../../platform/app.ts';
import { publishSql } from '../../../platform/bus.ts';

/** All up to and with this one are seen; the person's other tabs hear of it. One statement, which tells nothing where nothing changed. */
export async function markSeen(app: App, actor: PersonActor, { upTo }: { upTo: string }): Promise<void> {
  await app.pool.query({
    name: 'bell-seen',
    text: `WITH seen AS (
        UPDATE delivery SET seen_at = $3 WHERE person_id = $1 AND channel = 'site' AND state = 'sent' AND seen_at IS NULL AND id <= $2 RETURNING id
      ) SELECT ${publishSql(`'person:' || $1::uuid`, `json_build_object('kind', 'notices', 'threadId', NULL)`)} WHERE EXISTS (SELECT FROM seen)`,
    values: [actor.id, upTo, app.clock.now()],
  });
}
