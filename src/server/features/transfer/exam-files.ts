import { join } from 'node:path';
import type { BundleExam, BundleTopic } from './bundle.ts';
import { parseExamSource } from './exam-source.ts';
import type { FolderReader } from './folder-reader.ts';
import { numberedName } from './slugs.ts';

/** Of the folder beside the topics. No topic can be called so: their names begin with a number. */
export const examsFolder = 'exams';

const suffix = '.exam.md';

/** Reads the exams of a course. Every task that one names has to be in the files, as a draft at least. */
export async function readExams(reader: FolderReader, course: string, topics: BundleTopic[]): Promise<BundleExam[]> {
  const path = join(course, examsFolder);
  const entries = await reader.list(path);
  if (!entries) return [];
  for (const name of entries.folders) reader.refuse(join(path, name), { code: 'entry-unknown' });
  const tasks = new Set(topics.flatMap((topic) => topic.tasks.map((task) => `${topic.slug}/${task.slug}`)));
  const found: { number: number; exam: BundleExam }[] = [];
  const seen = new Set<string>();
  for (const file of entries.files) {
    const at = join(path, file);
    if (!file.endsWith(suffix)) {
      reader.refuse(at, { code: 'entry-unknown' });
      continue;
    }
    const named = numberedName(file.slice(0, -suffix.length));
    if (!named) {
      reader.refuse(at, { code: 'slug' });
      continue;
    }
    if (seen.has(named.slug)) reader.refuse(at, { code: 'slug-twice', slug: named.slug });
    seen.add(named.slug);
    const text = await reader.text(at);
    const parsed = text === null ? null : parseExamSource(text);
    if (!parsed) continue;
    if (!parsed.ok) {
      reader.refuse(at, ...parsed.problems);
      continue;
    }
    for (const { task, line } of parsed.mentions) if (!tasks.has(task)) reader.refuse(at, { line, code: 'task-unknown', task });
    found.push({ number: named.number, exam: { slug: named.slug, exam: parsed.exam } });
  }
  return found.sort((a, b) => a.number - b.number).map(({ exam }) => exam);
}
