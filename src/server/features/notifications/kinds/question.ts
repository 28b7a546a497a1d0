import { catalogues } from '#shared/i18n/server.ts';
import { nameInText } from '../../../platform/formats/name.ts';
import type { NoticeWords } from '../message.ts';
import { findTalk, findTalkLines, parseThread, type TalkTask, talkBody } from './talk.ts';

type Words = (typeof catalogues)['ru']['notice']['question'];

const titleOf = (task: TalkTask | null, words: Words) => (task ? words.title(task.number, task.topicTitle) : words.titleSupport);

/** To teachers: a student waits for an answer. */
export const question: NoticeWords<'question'> = {
  parse: parseThread,
  shared: false,
  async message(app, notice, { id, role, locale }) {
    if (role !== 'moderator') return null;
    const talk = await findTalk(app, notice.data, { teacher: id });
    // Answered, closed, or somebody sits over it already.
    if (!talk?.waiting || talk.heldByOther || talk.messages.length === 0) return null;
    const words = catalogues[locale].notice.question;
    return {
      title: titleOf(talk.task, words),
      body: `${words.from(nameInText(talk.student))}\n\n${talkBody(talk, words)}`,
      button: { label: words.toInbox, url: `/admin/inbox/${notice.data.threadId}` },
      pictures: [],
      replyTo: notice.data.threadId,
      telegramHint: words.reply,
    };
  },
  async lines(app, notices, { role, locale }) {
    if (role !== 'moderator') return new Map();
    const words = catalogues[locale].notice.question;
    const talks = await findTalkLines(app, notices, false);
    return new Map(
      notices.flatMap(({ id, data }) => {
        const talk = talks.get(data.threadId);
        return talk
          ? [
              [
                id,
                { title: titleOf(talk.task, words), text: words.line(talk.student, talk.excerpt), href: `/admin/inbox/${data.threadId}` },
              ],
            ]
          : [];
      }),
    );
  },
};
