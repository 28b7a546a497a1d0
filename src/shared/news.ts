/** Announcements: written in the office, read on the site, in Telegram and in letters. */
import * as z from 'zod';
import { deliveryReasons } from './notification-rules.ts';
import { searchInput } from './search.ts';
import { storableText } from './storable.ts';

export const newsLimits = {
  title: 150,
  /** Markdown. Telegram gets it in several messages where it is longer than 4096 signs. */
  body: 20_000,
  buttonLabel: 40,
  buttonUrl: 1000,
  inactiveDays: 365,
  /** Of one's own list. */
  recipients: 50_000,
  /** Bytes of a pasted list. */
  list: 2_000_000,
  pictures: 10,
  alt: 300,
} as const;

export const newsStates = ['draft', 'scheduled', 'sending', 'paused', 'done', 'cancelled'] as const;
export type NewsState = (typeof newsStates)[number];
export const newsAudiences = ['all', 'course', 'inactive', 'list'] as const;
export type NewsAudience = (typeof newsAudiences)[number];

const id = z.uuid();
const rev = z.int().min(1).max(2_000_000_000);

/** To whom. `list`: who stands in the post's own list (news.office.setList). */
export const audienceInput = z.discriminatedUnion('audience', [
  z.strictObject({ audience: z.literal('all') }),
  z.strictObject({ audience: z.literal('course'), courseId: id }),
  z.strictObject({ audience: z.literal('inactive'), inactiveDays: z.int().min(1).max(newsLimits.inactiveDays) }),
  z.strictObject({ audience: z.literal('list') }),
]);
export type AudienceInput = z.infer<typeof audienceInput>;

/** A path of the site («/courses/…») or an address with https. */
export const isNewsAddress = (url: string): boolean => /^\/(?![/\\])\S*$/.test(url) || (/^https:\/\/\S+$/.test(url) && URL.canParse(url));

export const newsButton = z.strictObject({
  label: z.string().trim().min(1, 'required').max(newsLimits.buttonLabel, 'too-long').transform(storableText),
  url: z.string().trim().min(1, 'required').max(newsLimits.buttonUrl, 'too-long').refine(isNewsAddress, 'address'),
});

const newsFields = {
  title: z.string().trim().max(newsLimits.title, 'too-long').transform(storableText),
  body: z.string().max(newsLimits.body, 'too-long').transform(storableText),
  button: newsButton.nullable(),
  to: audienceInput,
  channels: z.strictObject({ site: z.boolean(), telegram: z.boolean(), email: z.boolean() }),
};
/** A draft may be without a title and a text; what is sent may not («required»). `id` is made by the browser: created twice, it is one post. */
export const createNewsInput = z.strictObject({ id, ...newsFields });
/** `rev` is that of the draft one began from; another one now: NEWS_CONFLICT. Once sent only title, body, button and pictures change (on the site). */
export const updateNewsInput = z.strictObject({ id, rev, ...newsFields });
export const newsInput = z.strictObject({ id });

export const newsPictureDto = z.object({
  id: z.string(),
  url: z.string(),
  name: z.string(),
  alt: z.string(),
  width: z.int(),
  height: z.int(),
});
export type NewsPictureDto = z.infer<typeof newsPictureDto>;
/** All pictures in their order: known ones by id, new ones by their upload (purpose `news`, subject the post). */
export const setNewsPicturesInput = z.strictObject({
  id,
  rev,
  pictures: z
    .array(z.strictObject({ id, alt: z.string().trim().max(newsLimits.alt, 'too-long').transform(storableText) }))
    .max(newsLimits.pictures),
});

/** How many it is now: `telegram` + `email` + `siteOnly` + `nobody` = `total`. */
export const audienceCountDto = z.object({
  total: z.int(),
  telegram: z.int(),
  /** By mail, because Telegram is not linked, switched off or not asked for; those who also want a letter besides Telegram are not counted twice. */
  email: z.int(),
  /** Neither, but they see it on the site. */
  siteOnly: z.int(),
  nobody: z.int(),
});
export type AudienceCountDto = z.infer<typeof audienceCountDto>;
export const audienceCountInput = z.strictObject({ id: id.nullable(), to: audienceInput, channels: newsFields.channels });

/** One's own list: addresses, phones or ids of students, in any order and with anything in between (pasted from a table). */
export const setNewsListInput = z.strictObject({ id, text: z.string().max(newsLimits.list, 'too-long') });
export const newsListDto = z.object({ found: z.int(), unknown: z.array(z.string()), unknownMore: z.int() });

/** How it will look. Pieces of Telegram in its own HTML, with the signs it counts. */
export const newsPreviewInput = z.strictObject({
  id: id.nullable(),
  title: newsFields.title,
  body: newsFields.body,
  button: z.strictObject({ label: z.string().max(newsLimits.buttonLabel), url: z.string().max(newsLimits.buttonUrl) }).nullable(),
});
export const newsPreviewDto = z.object({
  /** `html` holds only what Telegram knows, with line breaks as \n. */
  telegram: z.object({
    pieces: z.array(z.object({ html: z.string(), length: z.int() })),
    /** Of the whole text, also where only its beginning goes out. */
    length: z.int(),
    /** Under the last piece: the author's, or «Читать на сайте» where the text is too long for a few messages. */
    button: z.object({ label: z.string(), url: z.string() }).nullable(),
  }),
  email: z.object({ subject: z.string(), preheader: z.string(), html: z.string() }),
  site: z.object({ html: z.string(), excerpt: z.string() }),
});
export type NewsPreviewDto = z.infer<typeof newsPreviewDto>;

/**
 * `at` null: now. `expected`: the number in the button, `total` without `nobody`; when by now it is another one by more than a hundredth, nobody is
 * written to: NEWS_AUDIENCE_CHANGED. `rev` as in `update`.
 */
export const sendNewsInput = z.strictObject({ id, rev, at: z.iso.datetime().nullable(), expected: z.int().min(0) });

/** Where the moderator's own copy goes. */
export const newsTestDto = z.object({ telegram: z.boolean(), email: z.boolean() });

/** People, each counted once, by what became of it. Their sum is `total`. */
export const newsProgressDto = z.object({
  state: z.enum(newsStates),
  total: z.int(),
  telegram: z.int(),
  email: z.int(),
  /** A letter instead of Telegram, sent. */
  instead: z.int(),
  siteOnly: z.int(),
  failed: z.int(),
  /** Read meanwhile, switched off, closed, or cancelled. */
  skipped: z.int(),
  waiting: z.int(),
  /** Of `waiting`: not due yet, because of quiet hours or the daily letter. */
  later: z.int(),
  /** Messages a second over the last ten; 0: none. */
  rate: z.number(),
  /** Seconds until all that is due is sent, at this rate; null: nothing to say. */
  secondsLeft: z.int().nullable(),
});
export type NewsProgressDto = z.infer<typeof newsProgressDto>;

export const newsRowDto = z.object({
  id: z.string(),
  title: z.string(),
  state: z.enum(newsStates),
  audience: z.enum(newsAudiences),
  courseTitle: z.string().nullable(),
  inactiveDays: z.int().nullable(),
  authorName: z.string().nullable(),
  updatedAt: z.string(),
  scheduledAt: z.string().nullable(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  /** Null: nobody was told of it, such as of a draft. */
  progress: newsProgressDto.nullable(),
  deleted: z.boolean(),
});
export type NewsRowDto = z.infer<typeof newsRowDto>;
export const newsPageSize = 20;
/** Put into the input by tRPC's client when a list is read page by page. */
const direction = z.literal('forward').optional();
export const newsListInput = z.strictObject({ cursor: z.string().max(200).optional(), direction });
export const newsOfficeListDto = z.object({ items: z.array(newsRowDto), nextCursor: z.string().nullable() });

export const newsPostDto = z.object({
  id: z.string(),
  rev: z.int(),
  state: z.enum(newsStates),
  title: z.string(),
  body: z.string(),
  button: z.object({ label: z.string(), url: z.string() }).nullable(),
  to: audienceInput,
  channels: z.object({ site: z.boolean(), telegram: z.boolean(), email: z.boolean() }),
  pictures: z.array(newsPictureDto),
  /** Students in its own list. */
  listed: z.int(),
  scheduledAt: z.string().nullable(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  deleted: z.boolean(),
});
export type NewsPostDto = z.infer<typeof newsPostDto>;

/** What became of it for one person. */
export const newsOutcomes = ['telegram', 'email', 'instead', 'site', 'failed', 'skipped', 'waiting'] as const;
export type NewsOutcome = (typeof newsOutcomes)[number];
export const newsReportInput = z.strictObject({
  id,
  outcome: z.enum(newsOutcomes).nullable(),
  search: searchInput(200),
  cursor: z.string().max(400).optional(),
  direction,
});
export const newsReportRowDto = z.object({
  personId: z.string(),
  name: z.string(),
  email: z.string(),
  outcome: z.enum(newsOutcomes),
  /** Why it failed, waits, or went by mail instead. */
  reason: z.enum(deliveryReasons).nullable(),
  at: z.string().nullable(),
});
export type NewsReportRowDto = z.infer<typeof newsReportRowDto>;
export const newsReportDto = z.object({ items: z.array(newsReportRowDto), nextCursor: z.string().nullable() });

/** For students: newest first. */
export const newsItemDto = z.object({
  id: z.string(),
  title: z.string(),
  excerpt: z.string(),
  publishedAt: z.string(),
  unread: z.boolean(),
});
export type NewsItemDto = z.infer<typeof newsItemDto>;
export const newsFeedInput = z.strictObject({
  cursor: z.string().max(200).optional(),
  direction,
  limit: z.int().min(1).max(newsPageSize).default(newsPageSize),
});
export const newsFeedDto = z.object({ items: z.array(newsItemDto), nextCursor: z.string().nullable() });
export type NewsFeedDto = z.infer<typeof newsFeedDto>;
export const newsArticleDto = z.object({
  id: z.string(),
  title: z.string(),
  html: z.string(),
  publishedAt: z.string(),
  pictures: z.array(newsPictureDto),
  button: z.object({ label: z.string(), url: z.string() }).nullable(),
});
export type NewsArticleDto = z.infer<typeof newsArticleDto>;

/*
 * Procedures. Signed in: news.feed(newsFeedInput) → NewsFeedDto (what is for them), news.article(newsInput) → NewsArticleDto (NEWS_NOT_FOUND; reading it
 * marks it as seen behind the bell too).
 * Moderators, news.office: .list(newsListInput), .get(newsInput) → NewsPostDto, .create(createNewsInput), .update(updateNewsInput) → NewsPostDto (both),
 * .setPictures(setNewsPicturesInput) → NewsPostDto, .setList(setNewsListInput) → newsListDto, .count(audienceCountInput) → AudienceCountDto,
 * .preview(newsPreviewInput) → NewsPreviewDto (a mutation, though nothing is written), .test(newsInput) → newsTestDto (to the moderator
 * alone, by every channel they have), .send(sendNewsInput) → NewsPostDto, .unschedule / .pause / .resume / .cancel(newsInput) → NewsPostDto
 * (NEWS_STATE), .progress(newsInput) → NewsProgressDto, .report(newsReportInput) → newsReportDto, .remove / .restore(newsInput), .copy(newsInput) → NewsPostDto.
 */
