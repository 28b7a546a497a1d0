import { cellText } from '../../../registry/rules.ts';
import type { OwnFile } from './queries.ts';

/** A value in a cell: instants by the wall clock of the person, what is nested as JSON. */
export function cellOf(value: unknown, wallClock: (at: Date) => Date): number | Date | string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return wallClock(value);
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 'да' : 'нет';
  return cellText(typeof value === 'string' ? value : JSON.stringify(value));
}

/** Paths in the archive: every file by its own name, and a number before it where two have the same. */
export function placesOf(files: readonly OwnFile[]): string[] {
  const taken = new Set<string>();
  return files.map(({ folder, name }) => {
    const plain = safeName(name);
    let path = `Файлы/${folder}${plain}`;
    for (let number = 2; taken.has(path.toLowerCase()); number += 1) path = `Файлы/${folder}${number}-${plain}`;
    taken.add(path.toLowerCase());
    return path;
  });
}

/** A name as every system can unpack it, and that leads nowhere else. */
function safeName(name: string): string {
  const plain = name.replace(/[\p{Cc}/\\:*?"<>|]/gu, '_').replace(/^\.+/, '_');
  return plain === '' ? '_' : plain;
}

/** @param kinds what the archive holds, as its files and sheets are called */
export function readme(madeOn: string, files: number, kinds: readonly { file: string; title: string }[]): string {
  const list = kinds.map(({ file, title }) => `  ${file}.json – ${title.toLowerCase()}`).join('\n');
  return `Всё, что школа «Отлично» хранит о вас. Собрано ${madeOn}.

Данные.xlsx – те же данные таблицей, по листу на каждый вид.
Файлы – файлы, которые вы присылали: ${files}.
Остальное – данные в формате JSON, для программ:

${list}

Время в JSON записано по Гринвичу, в таблице – по вашему часовому поясу.
Нет в архиве: ключей входа и паролей (их не хранит и школа, только отпечатки), данных других людей,
правильных ответов экзаменов, разбор которых ещё не открыт.

Удалить аккаунт со всеми данными можно в профиле, раздел «Мои данные».
`;
}
