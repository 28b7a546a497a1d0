import type { App } from '../../../platform/app.ts';

/** What a bell shows has an end; announcements stay, for their reports do. */
const keptMs = 180 * 86_400_000;
/** In one statement: a school that has grown for years is not locked for minutes. */
const atOnce = 5_000;

/** Takes away notices of half a year ago, with their deliveries and what could be replied to. */
export async function forgetOldNotices(app: App): Promise<void> {
  const before = new Date(app.clock.now().getTime() - keptMs);
  // Those of other notices go with them; announcements stay, and nobody replies to one of half a year ago.
  for (let gone = atOnce; gone === atOnce; ) {
    gone = await app.db.$executeRaw`
      DELETE FROM telegram_message WHERE ctid = ANY (ARRAY(SELECT ctid FROM telegram_message WHERE sent_at < ${before} LIMIT ${atOnce}))`;
  }
  for (;;) {
    const gone = await app.db.$executeRaw`
      DELETE FROM notice WHERE id IN (SELECT id FROM notice WHERE kind <> 'news' AND created_at < ${before} ORDER BY created_at LIMIT ${atOnce})`;
    if (gone < atOnce) return;
  }
}
