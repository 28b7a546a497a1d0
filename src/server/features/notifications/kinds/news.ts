import { buffer } from 'node:stream/consumers';
import * as z from 'zod';
import { catalogues } from '#shared/i18n/server.ts';
import type { App } from '../../../platform/app.ts';
import { photoOf } from '../../../platform/pictures.ts';
import { letterPictureUrl, widthsBelow } from '../../files/urls.ts';
import { keepTelegramFile } from '../../news/actions.ts';
import { findNewsLines, findNewsMessage, type NewsMessageFile } from '../../news/queries.ts';
import { excerptOfNews } from '../../news/rules.ts';
import type { MessagePicture, NoticeWords } from '../message.ts';

const dataSchema = z.object({ postId: z.uuid(), test: z.boolean().optional() });

/** Of the widths that pictures are kept in: what letters have room for, on a fine screen. */
const letterWidth = 1600;

/** Where it is read on the site; what is only tried out has no page there yet. */
const hrefOf = ({ postId, test }: { postId: string; test?: boolean | undefined }) => (test ? `/admin/news/${postId}` : `/news/${postId}`);

/** To many: an announcement of the school. */
export const news: NoticeWords<'news'> = {
  parse: (data) => dataSchema.safeParse(data).data ?? null,
  shared: true,
  async message(app, notice, { locale }) {
    const post = await findNewsMessage(app, notice.data.postId);
    if (!post) return null;
    return {
      title: post.title,
      body: post.body,
      button: post.buttonLabel !== null && post.buttonUrl !== null ? { label: post.buttonLabel, url: post.buttonUrl } : null,
      pictures: post.files.map((file) => pictureOf(app, file)),
      replyTo: null,
      readOn: { label: catalogues[locale].notice.news.read, url: hrefOf(notice.data) },
    };
  },
  async lines(app, notices, { locale }) {
    const words = catalogues[locale].notice.news;
    const lines = await findNewsLines(
      app,
      notices.map(({ data }) => data.postId),
    );
    return new Map(
      notices.flatMap(({ id, data }) => {
        const line = lines.get(data.postId);
        if (!line) return [];
        return [[id, { title: line.title, text: data.test ? words.test : excerptOfNews(line.beginning), href: hrefOf(data) }]];
      }),
    );
  },
};

/** A picture as it goes out. */
export function pictureOf(app: App, file: NewsMessageFile): MessagePicture {
  const botId = app.telegram?.botId ?? null;
  const width = widthsBelow(file.width, file.name).includes(letterWidth) ? letterWidth : undefined;
  return {
    alt: file.alt,
    name: `${file.name.replace(/\.[^.]*$/, '')}.jpg`,
    mime: 'image/jpeg',
    load: async () => photoOf(await buffer(app.storage.read(file.storageKey))),
    url: new URL(letterPictureUrl(app, file, width), app.config.publicUrl).href,
    telegramFileId: botId !== null && file.telegramBotId === botId ? file.telegramFileId : null,
    async keepTelegramFileId(fileId) {
      if (botId !== null) await keepTelegramFile(app, file.id, { fileId, botId });
    },
  };
}
