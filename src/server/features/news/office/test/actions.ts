import { randomUUID } from 'node:crypto';
import type * as z from 'zod';
import { AppError } from '#shared/errors.ts';
import type { newsTestDto } from '#shared/news.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { addNoticeToSelf } from '../../../notifications/hold.ts';
import { accessPost } from '../access.ts';
import { missingToSend } from '../rules.ts';

/**
 * Sends it to the moderator alone, as it stands and by whatever they have. It is a notice of its own: nobody's progress knows of it.
 * @throws AppError AUTH_FORBIDDEN, NEWS_NOT_FOUND; INPUT_INVALID when there is nothing to say
 */
export async function sendTest(app: App, actor: PersonActor, id: string): Promise<z.infer<typeof newsTestDto>> {
  const post = await accessPost(app, actor, id);
  const missing = missingToSend({ ...post, toSite: true });
  if (missing.length > 0) throw AppError.invalid(...missing);
  const about = `test:${post.id}:${randomUUID()}`;
  return app.db.$transaction((tx) =>
    addNoticeToSelf(app, tx, { kind: 'news', about, data: { postId: post.id, test: true }, personId: actor.id }),
  );
}
