import type { NoticesCatalogue } from '../../notices-catalogue.ts';
import { bell } from './bell.ts';
import { news } from './news.ts';
import { settings } from './settings.ts';
import { unsubscribe } from './unsubscribe.ts';

export const noticesCatalogue: NoticesCatalogue = { bell, news, settings, unsubscribe };
