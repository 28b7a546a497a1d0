import type { NoticeKind } from '#shared/notification-rules.ts';
import { alert } from './kinds/alert.ts';
import { answer } from './kinds/answer.ts';
import { grade } from './kinds/grade.ts';
import { news } from './kinds/news.ts';
import { payment } from './kinds/payment.ts';
import { question } from './kinds/question.ts';
import { topic } from './kinds/topic.ts';
import { week } from './kinds/week.ts';
import type { NoticeWords } from './message.ts';

/** What each kind says. */
export const noticeWords: { [K in NoticeKind]: NoticeWords<K> } = { news, answer, question, topic, grade, week, payment, alert };
