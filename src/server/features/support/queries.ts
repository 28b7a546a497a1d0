import { AppError } from '#shared/errors.ts';
import type { FaqArticleDto } from '#shared/support.ts';
import type { App, PersonActor } from '../../platform/app.ts';
import { voterOf } from './rules.ts';

/** An answer in HTML. Its title is a heading of the second level on every page that shows it, so its own begin below. */
export const renderFaq = (app: App, body: string, slug = 'draft') =>
  app.markdown.render(body, { topHeading: 3, idPrefix: `s-${slug}-` }).html;

/**
 * What everybody may read; a moderator reads drafts as well.
 * @throws AppError FAQ_NOT_FOUND
 */
export async function getFaqArticle(app: App, viewer: PersonActor | null, { slug }: { slug: string }): Promise<FaqArticleDto> {
  const article = await app.db.faqArticle.findUnique({
    where: { slug, deletedAt: null, ...(viewer?.role === 'moderator' ? {} : { publishedAt: { not: null } }) },
    select: {
      id: true,
      slug: true,
      title: true,
      categoryId: true,
      body: true,
      updatedAt: true,
      // Of nobody, where nobody is signed in.
      votes: { where: { voter: viewer?.id ?? '' }, select: { helped: true } },
    },
  });
  if (!article) throw new AppError('FAQ_NOT_FOUND');
  const { body, votes, updatedAt, ...rest } = article;
  return { ...rest, html: renderFaq(app, body, slug), updatedAt: updatedAt.toISOString(), vote: votes[0]?.helped ?? null };
}

/** Articles this reader has voted on, as far as they can still be read. */
export async function listFaqVotes(app: App, viewer: PersonActor | null, { visitor }: { visitor: string }) {
  return app.db.faqVote.findMany({
    where: { voter: voterOf(app, viewer, visitor), article: { deletedAt: null, publishedAt: { not: null } } },
    select: { articleId: true, helped: true },
    orderBy: { at: 'desc' },
    take: 1000,
  });
}
