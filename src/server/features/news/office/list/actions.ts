import type * as z from 'zod';
import { AppError } from '#shared/errors.ts';
import { newsLimits, type newsListDto } from '#shared/news.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { lockPost } from '../access.ts';
import { hasBegun } from '../rules.ts';
import { namedIn, unknownOf } from './rules.ts';

/** Told one by one; of more, how many. */
const mostUnknown = 100;

/**
 * Makes these students, and no others, the post's own list. Two statements, however many there are.
 * @throws AppError AUTH_FORBIDDEN, NEWS_NOT_FOUND, NEWS_STATE once it has begun to go out; INPUT_INVALID for more than a school has
 */
export async function setList(
  app: App,
  actor: PersonActor,
  { id, text }: { id: string; text: string },
): Promise<z.infer<typeof newsListDto>> {
  const named = namedIn(text);
  if (named.length > newsLimits.recipients) throw AppError.invalid({ field: 'text', code: 'too-long' });
  const of = (kind: string) => named.filter((one) => one.kind === kind).map(({ value }) => value);
  const known = await app.db.$transaction(
    async (tx) => {
      const post = await lockPost(app, tx, actor, id);
      if (hasBegun(post.state)) throw new AppError('NEWS_STATE', { state: post.state });
      await tx.$executeRaw`DELETE FROM news_recipient WHERE post_id = ${post.id}::uuid`;
      // Raw: arrays of up to fifty thousand against the whole school.
      return tx.$queryRaw<{ found: number; values: string[] }[]>`
        WITH fitting AS (
          SELECT p.id, v.value::text AS value FROM unnest(${of('id')}::uuid[]) AS v (value) JOIN person p ON p.id = v.value WHERE p.role = 'student'
          UNION ALL SELECT p.id, v.value FROM unnest(${of('email')}::text[]) AS v (value) JOIN person p ON p.email = v.value WHERE p.role = 'student'
          UNION ALL SELECT p.id, v.value FROM unnest(${of('phone')}::text[]) AS v (value) JOIN person p ON p.phone = v.value WHERE p.role = 'student'
        ), kept AS (INSERT INTO news_recipient (post_id, person_id) SELECT DISTINCT ${post.id}::uuid, id FROM fitting RETURNING person_id)
        SELECT (SELECT count(*)::int FROM kept) AS found, (SELECT coalesce(array_agg(DISTINCT value), '{}') FROM fitting) AS values`;
    },
    { timeout: 60_000 },
  );
  const values = new Set(known[0]?.values);
  const unknown = unknownOf(named, values);
  return {
    found: known[0]?.found ?? 0,
    unknown: unknown.slice(0, mostUnknown),
    unknownMore: Math.max(0, unknown.length - mostUnknown),
  };
}
