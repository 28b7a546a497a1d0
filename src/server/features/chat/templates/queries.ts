import type { TemplateDto } from '#shared/inbox.ts';
import type { App } from '../../../platform/app.ts';

/** More than anybody looks through while answering. */
const templatesShown = 500;

/** By title, as people sort: in a database of the locale C, as our own is, plain order would put Ё before А. One statement. */
export async function listTemplates(app: App): Promise<TemplateDto[]> {
  const { rows } = await app.pool.query<TemplateDto>({
    name: 'chat-templates',
    text: `SELECT m.id, m.title, m.body, m.rev FROM chat_template m WHERE m.deleted_at IS NULL
      ORDER BY m.title COLLATE "ru-x-icu", m.id LIMIT ${templatesShown}`,
  });
  return rows;
}
