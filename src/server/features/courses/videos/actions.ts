import type * as z from 'zod';
import type { saveVideoPositionInput } from '#shared/courses.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { accessTopicFile } from '../access.ts';

/**
 * Keeps where a person stopped watching. What was watched earlier and arrives later (another device, a request sent while leaving) does not
 * overwrite what is newer.
 * @throws AppError FILES_NOT_FOUND as well for a topic that is closed to the person
 */
export async function saveVideoPosition(app: App, actor: PersonActor, input: z.output<typeof saveVideoPositionInput>): Promise<void> {
  await accessTopicFile(app, actor, input.fileId);
  const now = app.clock.now();
  const watchedAt = new Date(input.at);
  await app.pool.query({
    name: 'video-position',
    text: `INSERT INTO video_position (person_id, file_id, seconds, updated_at) VALUES ($1, $2, $3, $4)
      ON CONFLICT (person_id, file_id) DO UPDATE SET seconds = excluded.seconds, updated_at = excluded.updated_at
        WHERE video_position.updated_at <= excluded.updated_at`,
    // A clock that runs ahead would shut everybody else out until it is reached.
    values: [actor.id, input.fileId, input.seconds, watchedAt < now ? watchedAt : now],
  });
}
