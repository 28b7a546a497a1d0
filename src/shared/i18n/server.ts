import { mail as enMail } from './en/mail.ts';
import { tasks as enTasks } from './en/tasks.ts';
import { mail as ruMail } from './ru/mail.ts';
import { tasks as ruTasks } from './ru/tasks.ts';

/** What the server itself says: letters, and names of folders in archives. The client has catalogues of its own. */
export const catalogues = {
  ru: { mail: ruMail, taskHeading: ruTasks.heading },
  en: { mail: enMail, taskHeading: enTasks.heading },
};
