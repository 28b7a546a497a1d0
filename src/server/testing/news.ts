import { randomUUID } from 'node:crypto';
import type { NewsPostDto } from '#shared/news.ts';
import { createNewsInput } from '#shared/news.ts';
import { countAudience, reached } from '../features/news/office/audience/queries.ts';
import { createPost } from '../features/news/office/posts/actions.ts';
import { sendPost } from '../features/news/office/sending/actions.ts';
import type { App } from '../platform/app.ts';
import type { Student } from './world.ts';

export type NewsPlan = Partial<Pick<NewsPostDto, 'title' | 'body' | 'button' | 'to' | 'channels'>>;

/** What the browser sends of an announcement. */
export function newsFields(plan: NewsPlan = {}) {
  return {
    title: 'Разбор пробника',
    body: 'Выложили запись с решениями **всех** заданий.',
    button: null,
    to: { audience: 'all' as const },
    channels: { site: true, telegram: true, email: true },
    ...plan,
  };
}

/** A draft. */
export function aDraft(app: App, by: Student, plan: NewsPlan = {}): Promise<NewsPostDto> {
  return createPost(app, by.actor, createNewsInput.parse({ id: randomUUID(), ...newsFields(plan) }));
}

/** Sends what was written, to as many as there are. @param at null: now */
export async function send(app: App, by: Student, post: NewsPostDto, at: string | null = null): Promise<NewsPostDto> {
  const expected = reached(await countAudience(app, app.db, post));
  return sendPost(app, by.actor, { id: post.id, rev: post.rev, at, expected });
}

/** One that has gone out, as far as the site goes. */
export async function aSentPost(app: App, by: Student, plan: NewsPlan = {}): Promise<NewsPostDto> {
  return send(app, by, await aDraft(app, by, plan));
}

/** Gives a student a Telegram, as linking does. */
export async function linkTelegram(app: App, { actor }: Student): Promise<bigint> {
  const telegramId = BigInt(`0x${randomUUID().slice(0, 8)}`) + 1n;
  await app.db.telegramLink.create({ data: { personId: actor.id, telegramId, linkedAt: app.clock.now() }, select: { personId: true } });
  return telegramId;
}
