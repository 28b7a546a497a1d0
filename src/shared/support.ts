/** Questions and answers («Поддержка»): articles in categories, searched as one types. For everybody; the office writes them. */
import * as z from 'zod';
import { searchInput } from './search.ts';
import { storableText } from './storable.ts';
import { faqLimits } from './support-limits.ts';

export const faqCategoryDto = z.object({ id: z.string(), slug: z.string(), title: z.string() });
export type FaqCategoryDto = z.infer<typeof faqCategoryDto>;

export const faqItemDto = z.object({
  id: z.string(),
  slug: z.string(),
  title: z.string(),
  categoryId: z.string(),
  /** Words of title and answer, as they stand there, that fit what was looked for: to be marked. Empty without a search. */
  matched: z.array(z.string()),
});
export type FaqItemDto = z.infer<typeof faqItemDto>;

export const faqSearchInput = z.strictObject({ query: searchInput(faqLimits.query).default('') });
/** Without a query everything in its order; with one what fits it, the best first, all categories together. */
export const faqListDto = z.object({ categories: z.array(faqCategoryDto), items: z.array(faqItemDto) });
export type FaqListDto = z.infer<typeof faqListDto>;

export const faqArticleInput = z.strictObject({ slug: z.string().min(1).max(100).transform(storableText) });
export const faqArticleDto = z.object({
  id: z.string(),
  slug: z.string(),
  title: z.string(),
  categoryId: z.string(),
  html: z.string(),
  updatedAt: z.string(),
  /** This reader's vote; null: none. */
  vote: z.boolean().nullable(),
});
export type FaqArticleDto = z.infer<typeof faqArticleDto>;

/** `helped` null takes the vote back. `visitor` is made up by a guest's browser and kept there; signed in it counts for nothing. */
export const faqVoteInput = z.strictObject({ articleId: z.uuid(), helped: z.boolean().nullable(), visitor: z.uuid() });
export const faqVisitorInput = z.strictObject({ visitor: z.uuid() });
/** Articles this reader has voted on. */
export const faqVotesDto = z.array(z.object({ articleId: z.string(), helped: z.boolean() }));

// The office

export const faqOfficeRowDto = z.object({
  id: z.string(),
  slug: z.string(),
  title: z.string(),
  published: z.boolean(),
  helped: z.int(),
  notHelped: z.int(),
  updatedAt: z.string(),
});
export const faqOfficeListDto = z.array(faqCategoryDto.extend({ articles: z.array(faqOfficeRowDto) }));
export type FaqOfficeListDto = z.infer<typeof faqOfficeListDto>;

export const faqOfficeArticleDto = z.object({
  id: z.string(),
  slug: z.string(),
  categoryId: z.string(),
  title: z.string(),
  body: z.string(),
  keywords: z.string(),
  published: z.boolean(),
  rev: z.int(),
  updatedAt: z.string(),
  updatedByName: z.string().nullable(),
});
export type FaqOfficeArticleDto = z.infer<typeof faqOfficeArticleDto>;

const articleFields = {
  categoryId: z.uuid(),
  title: z.string().trim().min(1, 'required').max(faqLimits.title, 'too-long').transform(storableText),
  body: z.string().max(faqLimits.body, 'too-long').transform(storableText),
  keywords: z.string().trim().max(faqLimits.keywords, 'too-long').transform(storableText).default(''),
  published: z.boolean(),
};
/** Published needs a body («required»). The slug is made of the title. `id` is made by the browser: pressed twice, it is one article. */
export const createFaqInput = z.strictObject({ id: z.uuid().optional(), ...articleFields });
/** `rev` is that of the article one began from; another one now: FAQ_CONFLICT. */
export const updateFaqInput = z.strictObject({ id: z.uuid(), rev: z.int().min(1).max(2_000_000_000), ...articleFields });
export const faqInput = z.strictObject({ id: z.uuid() });
/** Before another article of the category it is to stand in; null: at its end. */
export const moveFaqInput = z.strictObject({ id: z.uuid(), categoryId: z.uuid(), beforeId: z.uuid().nullable() });
export const faqPreviewInput = z.strictObject({ body: z.string().max(faqLimits.body, 'too-long').transform(storableText) });
export const faqPreviewDto = z.object({ html: z.string() });
const categoryTitle = z.string().trim().min(1, 'required').max(faqLimits.category, 'too-long').transform(storableText);
export const createFaqCategoryInput = z.strictObject({ title: categoryTitle });
export const renameFaqCategoryInput = z.strictObject({ id: z.uuid(), title: categoryTitle });
export const moveFaqCategoryInput = z.strictObject({ id: z.uuid(), beforeId: z.uuid().nullable() });

/*
 * Procedures: for everybody support.search(faqSearchInput) → FaqListDto, support.article(faqArticleInput) → FaqArticleDto (FAQ_NOT_FOUND),
 * support.vote(faqVoteInput), support.votes(faqVisitorInput) → faqVotesDto. `faqArticleDto.vote` is that of who is signed in.
 * For moderators support.office.list() → FaqOfficeListDto, .article(faqInput) → FaqOfficeArticleDto, .create → FaqOfficeArticleDto,
 * .update → FaqOfficeArticleDto, .move(moveFaqInput), .remove(faqInput), .restore(faqInput), .preview(faqPreviewInput) → faqPreviewDto (a mutation,
 * though nothing is written), .createCategory → FaqCategoryDto, .renameCategory, .moveCategory, .removeCategory(faqInput): only an empty one
 * (FAQ_IN_USE), and not the only one while deleted articles belong to it (FAQ_LAST_CATEGORY).
 *
 * How the search behaves, for who calls it:
 * - Ask with every letter (150 ms after the last one is enough); nothing that is typed is an error but more than `faqLimits.query` signs.
 * - Endings, case, ё/е and signs do not matter. The last word fits by its beginning too. All words have to fit; of three and more one may be missing,
 *   below those with all. Nothing but signs («???», «😀») finds nothing; only spaces are no query and give everything.
 * - The other keyboard layout («fnntcnfn», «зньрщт») and slips («атестат») are taken for what was meant; nothing says so but `matched`.
 * - `matched` holds whole words as they stand in title and answer («аттестата», «Согласие»), each spelling once, without signs: letters and digits only,
 *   the two sides of a hyphen apart. Mark them as whole words, letter for letter. May be empty with a query: then it was found by a part of a word.
 * - `categories` are those with at least one article that can be read, whatever the query: count `items` by `categoryId` for the chips.
 * - `article.html`: headings begin at h3, ids with `s-<slug>-`; links inside are `/support#<slug>` and pages of ours. A moderator gets drafts too.
 * - FAQ_NOT_FOUND of `office.move` and `.moveCategory` also means that what it was to stand before is gone: read the list anew.
 * - `office.create` / `.update`, published without a body: INPUT_INVALID with the issue { field: 'body', code: 'required' }; the category is gone:
 *   FAQ_NOT_FOUND. Saving what is already there changes nothing, `rev` neither. A moved article keeps its `rev`. One vote more or less is
 *   no conflict either. `vote` takes 300 an hour of a person or network, and of a network's guests 60 a day on one article, then AUTH_RATE_LIMITED.
 */
