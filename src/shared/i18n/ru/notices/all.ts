import { typeset } from '../../typeset.ts';
import { bell } from './bell.ts';
import { news } from './news.ts';
import { settings } from './settings.ts';
import { unsubscribe } from './unsubscribe.ts';

export const noticesCatalogue = typeset({ bell, news, settings, unsubscribe });
