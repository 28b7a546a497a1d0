import { bot as enBot } from './en/bot.ts';
import { errors as enErrors } from './en/errors.ts';
import { health as enHealth } from './en/health.ts';
import { mail as enMail } from './en/mail.ts';
import { notice as enNotice } from './en/notice.ts';
import { tasks as enTasks } from './en/tasks.ts';
import { bot as ruBot } from './ru/bot.ts';
import { errors as ruErrors } from './ru/errors.ts';
import { health as ruHealth } from './ru/health.ts';
import { mail as ruMail } from './ru/mail.ts';
import { notice as ruNotice } from './ru/notice.ts';
import { tasks as ruTasks } from './ru/tasks.ts';

/** What the server itself says: letters, and names of folders in archives. The client has catalogues of its own. */
export const catalogues = {
  ru: { mail: ruMail, bot: ruBot, errors: ruErrors, health: ruHealth, notice: ruNotice, taskHeading: ruTasks.heading },
  en: { mail: enMail, bot: enBot, errors: enErrors, health: enHealth, notice: enNotice, taskHeading: enTasks.heading },
};
