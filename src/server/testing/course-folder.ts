import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const task = (title: string, key: string) => `---\ntitle: ${title}\nkind: number\nkey: ${key}\n---\nУсловие`;

/** A small course of every kind of file, as paths and texts. */
export const courseFiles: Record<string, string> = {
  'subjects.yaml':
    '- {slug: other, title: a, about: b, max-primary: 1}\n- {slug: maths, title: Математика, about: 19 заданий, max-primary: 3, scales: {2025: 7 14 100}}\n',
  'maths-60/course.md': '---\ntitle: Курс\nsubject: maths\ntarget: 60\nsummary: Кратко\n---\nТекст',
  'maths-60/01-powers/topic.md':
    '---\ntitle: Степени\nopens: 2026-11-26 18:00\nfiles:\n  - name: list.txt\n    title: Список\n---\n![a](files/a.svg)\n',
  'maths-60/01-powers/01-first.task.md': task('а', '1'),
  'maths-60/01-powers/02-second.task.md': '---\ntitle: б\nkind: number\nkey: 2\nfiles:\n  - name: b.txt\n---\n![a](files/a.svg)\r\n',
  'maths-60/01-powers/files/a.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="200"/>',
  'maths-60/01-powers/files/b.txt': 'b',
  'maths-60/01-powers/files/list.txt': 'list',
  'maths-60/02-roots/topic.md':
    '---\ntitle: Корни\nopens: -1d 10:30\nvideos:\n  - {title: Разбор, url: https://youtu.be/dQw4w9WgXcQ, minutes: 5}\n---\n',
  'maths-60/02-roots/01-third.task.md': task('в', '3'),
};

/** Writes the course below a folder, with some files changed or, where null, left out. */
export async function writeCourseFiles(dir: string, changed: Record<string, string | null> = {}): Promise<void> {
  for (const [path, text] of Object.entries({ ...courseFiles, ...changed })) {
    if (text === null) continue;
    await mkdir(join(dir, dirname(path)), { recursive: true });
    await writeFile(join(dir, path), text);
  }
}
