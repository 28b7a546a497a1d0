import type { Actor, App } from '../../../../platform/app.ts';
import { recordAudit } from '../../../../platform/audit.ts';

export interface LoadedNews {
  title: string;
  body: string;
  button: { label: string; url: string } | null;
  /** How many days ago it was told. */
  days: number;
}

const dayMs = 86_400_000;

/**
 * Puts announcements of long ago into a school that never had any: on the site for all, and told to nobody. Once: what teachers change or remove
 * afterwards is theirs.
 * @returns whether they were put in
 */
export async function loadNews(app: App, actor: Actor, loaded: readonly LoadedNews[]): Promise<boolean> {
  if ((await app.db.newsPost.count()) > 0) return false;
  return app.db.$transaction(async (tx) => {
    // Of two processes that start at once, the second one finds what the first has put in.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('news of the demo school', 0))`;
    if ((await tx.newsPost.count()) > 0) return false;
    for (const { title, body, button, days } of loaded) {
      const at = new Date(app.clock.now().getTime() - days * dayMs);
      const times = { createdAt: at, updatedAt: at, startedAt: at, finishedAt: at };
      const { id } = await tx.newsPost.create({
        data: {
          ...{ title, body, buttonLabel: button?.label ?? null, buttonUrl: button?.url ?? null, audience: 'all' },
          ...{ toTelegram: false, toEmail: false, state: 'done' as const, ...times },
        },
        select: { id: true },
      });
      await recordAudit(app, tx, actor, { action: 'news.send', subject: id, label: title, after: { recipients: 0 } });
    }
    return true;
  });
}
