import { AppError } from '#shared/errors.ts';
import type { App, PersonActor } from '../../platform/app.ts';
import { voterOf } from './rules.ts';

export interface Vote {
  articleId: string;
  /** Null takes the vote back. */
  helped: boolean | null;
  visitor: string;
}

/**
 * «Помог» or «Не помог». The last word of a reader counts, however often it is said.
 * @throws AppError FAQ_NOT_FOUND, AUTH_RATE_LIMITED
 */
export async function voteFaq(app: App, viewer: PersonActor | null, network: string, { articleId, helped, visitor }: Vote): Promise<void> {
  await app.limits.take('faq.vote', viewer?.id ?? network);
  // Of any id, also one of no article: the limit above bounds how many of them there are.
  if (!viewer) await app.limits.take('faq.guest', `${network} ${articleId}`);
  const voter = voterOf(app, viewer, visitor);
  // One statement: of two taps at once the later one stays, and the article is looked at in the same moment.
  const { rows } = await app.pool.query<{ id: string }>({
    name: helped === null ? 'faq-unvote' : 'faq-vote',
    text: `WITH article AS (SELECT id FROM faq_article WHERE id = $1 AND published_at IS NOT NULL AND deleted_at IS NULL),
      ${
        helped === null
          ? 'vote AS (DELETE FROM faq_vote v USING article WHERE v.article_id = article.id AND v.voter = $2)'
          : `vote AS (INSERT INTO faq_vote (article_id, voter, helped, at) SELECT id, $2, $3, $4 FROM article
              ON CONFLICT (article_id, voter) DO UPDATE SET helped = excluded.helped, at = excluded.at WHERE faq_vote.helped <> excluded.helped)`
      }
      SELECT id FROM article`,
    values: helped === null ? [articleId, voter] : [articleId, voter, helped, app.clock.now()],
  });
  if (rows.length === 0) throw new AppError('FAQ_NOT_FOUND');
}
