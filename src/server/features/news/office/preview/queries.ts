import type * as z from 'zod';
import { catalogues } from '#shared/i18n/server.ts';
import { type NewsPreviewDto, newsButton, type newsPreviewInput } from '#shared/news.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { telegramLength } from '../../../../platform/formats/telegram.ts';
import { writeLetter } from '../../../../platform/mail/letter/letter.ts';
import { partsOf, settingsHref } from '../../../notifications/channels/mail.ts';
import { telegramTexts } from '../../../notifications/channels/telegram-text.ts';
import { pictureOf } from '../../../notifications/kinds/news.ts';
import type { NoticeMessage } from '../../../notifications/message.ts';
import { findNewsMessage } from '../../queries.ts';
import { excerptOfNews } from '../../rules.ts';
import { forModerators } from '../access.ts';

/**
 * How it will look by each way, made by what makes it when it goes out. The words are those that are being typed, the pictures those that are kept.
 * @throws AppError AUTH_FORBIDDEN
 */
export async function previewPost(app: App, actor: PersonActor, input: z.output<typeof newsPreviewInput>): Promise<NewsPreviewDto> {
  forModerators(actor);
  const { id, title, body } = input;
  const siteUrl = app.config.publicUrl;
  const kept = id === null ? null : await findNewsMessage(app, id);
  const message: NoticeMessage = {
    title,
    body,
    // While one types its address a button is none yet.
    button: newsButton.safeParse(input.button).data ?? null,
    pictures: (kept?.files ?? []).map((file) => pictureOf(app, file)),
    replyTo: null,
    readOn: { label: catalogues.ru.notice.news.read, url: `/news/${id ?? ''}` },
  };
  const { pieces, button } = telegramTexts(message, siteUrl);
  const excerpt = excerptOfNews(body);
  const footer = { reason: catalogues.ru.notice.letter.why.news, settingsUrl: settingsHref, unsubscribeUrl: settingsHref };
  const { html } = writeLetter({ locale: 'ru', siteUrl, title, parts: await partsOf({ message }), footer });
  return {
    telegram: { pieces, length: telegramLength(body, { siteUrl, title }), button },
    email: { subject: title, preheader: excerpt, html },
    site: { html: app.markdown.render(body).html, excerpt },
  };
}
