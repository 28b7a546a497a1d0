import { mail as enMail } from './en/mail.ts';
import { mail as ruMail } from './ru/mail.ts';

/** What the server itself says: letters. The client has catalogues of its own. */
export const catalogues = { ru: { mail: ruMail }, en: { mail: enMail } };
