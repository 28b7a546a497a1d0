import { threadHref } from '#shared/chat-rules.ts';
import { catalogues } from '#shared/i18n/server.ts';
import type { NoticeWords } from '../message.ts';
import { findTalk, findTalkLines, parseThread, talkBody } from './talk.ts';

/** To a student: all that teachers have written in a thread and they have not read. */
export const answer: NoticeWords<'answer'> = {
  parse: parseThread,
  shared: false,
  async message(app, notice, { id, locale }) {
    const talk = await findTalk(app, notice.data, { student: id });
    if (!talk || talk.messages.length === 0) return null;
    const words = catalogues[locale].notice.answer;
    return {
      title: talk.task ? words.title(talk.task.number, talk.task.topicTitle) : words.titleSupport,
      body: talkBody(talk, words),
      button: { label: talk.task ? words.toTask : words.toChat, url: threadHref(talk) },
      pictures: [],
      replyTo: notice.data.threadId,
      telegramHint: words.reply,
    };
  },
  async lines(app, notices, { locale }) {
    const words = catalogues[locale].notice.answer;
    const talks = await findTalkLines(app, notices, true);
    return new Map(
      notices.flatMap(({ id, data }) => {
        const talk = talks.get(data.threadId);
        if (!talk) return [];
        const title = talk.task ? words.title(talk.task.number, talk.task.topicTitle) : words.titleSupport;
        return [[id, { title, text: talk.excerpt, href: threadHref(talk) }]];
      }),
    );
  },
};
