import type * as z from 'zod';
import { Prisma } from '#prisma/generated/client.ts';
import type { AudienceCountDto, AudienceInput, audienceCountInput, NewsPostDto } from '#shared/news.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import type { Tx } from '../../../../platform/db.ts';
import { isShown } from '../../../courses/visible.ts';
import { given, wantedCte } from '../../../notifications/enqueue.ts';
import { forModerators } from '../access.ts';

const dayMs = 86_400_000;

/**
 * Whom an announcement is for, as a SELECT of `person_id`: what is counted beforehand and what is sent to are the same words.
 * @param postId whose own list is meant; null: one that is not kept yet has none
 */
export function audienceSql(to: AudienceInput, postId: string | null, now: Date): Prisma.Sql {
  const student = Prisma.sql`SELECT p.id AS person_id FROM person p`;
  const there = Prisma.sql`p.role = 'student' AND p.blocked_at IS NULL`;
  switch (to.audience) {
    case 'all':
      return Prisma.sql`${student} WHERE ${there}`;
    case 'course':
      return Prisma.sql`${student} JOIN enrolment e ON e.person_id = p.id JOIN course c ON c.id = e.course_id
        WHERE e.course_id = ${to.courseId}::uuid AND ${Prisma.raw(isShown('c'))} AND ${there}`;
    case 'inactive': {
      const since = new Date(now.getTime() - to.inactiveDays * dayMs);
      return Prisma.sql`${student} WHERE ${there} AND p.registered_at < ${since} AND (p.last_active_at < ${since} OR p.last_active_at IS NULL)`;
    }
    case 'list':
      return Prisma.sql`${student} JOIN news_recipient r ON r.person_id = p.id WHERE r.post_id = ${postId}::uuid AND ${there}`;
  }
}

/** How many it would reach at this moment, and where. One statement. */
export async function countAudience(
  app: App,
  tx: Tx,
  { id, to, channels }: { id: string | null; to: AudienceInput; channels: NewsPostDto['channels'] },
): Promise<AudienceCountDto> {
  const [row] = await tx.$queryRaw<AudienceCountDto[]>`
    WITH ${given(app, { kind: 'news', channels })}, people AS (${audienceSql(to, id, app.clock.now())}), ${Prisma.raw(wantedCte)}
    SELECT count(*)::int AS total,
      count(*) FILTER (WHERE telegram <> 'off')::int AS telegram,
      count(*) FILTER (WHERE telegram = 'off' AND email <> 'off')::int AS email,
      count(*) FILTER (WHERE telegram = 'off' AND email = 'off' AND site)::int AS "siteOnly",
      count(*) FILTER (WHERE telegram = 'off' AND email = 'off' AND NOT site)::int AS nobody
    FROM wanted`;
  if (!row) throw new Error('an audience was not counted');
  return row;
}

/** The same for who asks as they choose. @throws AppError AUTH_FORBIDDEN */
export async function getAudienceCount(
  app: App,
  actor: PersonActor,
  input: z.output<typeof audienceCountInput>,
): Promise<AudienceCountDto> {
  forModerators(actor);
  return countAudience(app, app.db, input);
}

/** Everybody whom it reaches in some way: the number that is agreed to. */
export function reached({ total, nobody }: AudienceCountDto): number {
  return total - nobody;
}
