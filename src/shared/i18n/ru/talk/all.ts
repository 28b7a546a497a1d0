import { typeset } from '../../typeset.ts';
import { chat } from './chat.ts';
import { support } from './support.ts';

export const talkCatalogue = typeset({ chat, support });
