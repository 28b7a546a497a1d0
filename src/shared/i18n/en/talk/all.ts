import type { TalkCatalogue } from '../../talk-catalogue.ts';
import { chat } from './chat.ts';
import { support } from './support.ts';

export const talkCatalogue: TalkCatalogue = { chat, support };
