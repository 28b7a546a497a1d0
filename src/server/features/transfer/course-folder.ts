import { basename, dirname, join, resolve } from 'node:path';
import type { CourseBundle } from './bundle.ts';
import { parseCourseSource } from './course-source.ts';
import { createFolderReader, type FolderReader } from './folder-reader.ts';
import type { CourseProblem } from './problems.ts';
import { isSlug, slugAfterNumber } from './slugs.ts';
import { type ParsedSubject, parseSubjectsSource } from './subjects-source.ts';
import { readTopicFolder } from './topic-folder.ts';

export type CourseFolder = { ok: true; bundle: CourseBundle } | { ok: false; problems: CourseProblem[] };

/**
 * Reads a course (docs/course-files.md) and checks all of it. Files of problems are named from the folder that holds the course: `math-60/course.md`.
 * @param dir the course's folder; its subject stands in subjects.yaml beside it
 */
export async function readCourseFolder(dir: string): Promise<CourseFolder> {
  const full = resolve(dir);
  const reader = createFolderReader(dirname(full));
  const bundle = await readCourse(reader, basename(full));
  return bundle && reader.problems.length === 0 ? { ok: true, bundle } : { ok: false, problems: reader.problems };
}

async function readCourse(reader: FolderReader, slug: string): Promise<CourseBundle | null> {
  const entries = await reader.list(slug);
  if (!entries) return null;
  if (!isSlug(slug)) reader.refuse(slug, { code: 'slug' });
  for (const name of entries.files) if (name !== 'course.md') reader.refuse(join(slug, name), { code: 'entry-unknown' });
  const course = entries.files.includes('course.md') ? await readCourseText(reader, join(slug, 'course.md')) : null;
  if (!entries.files.includes('course.md')) reader.refuse(slug, { code: 'entry-missing', name: 'course.md' });
  const topics = [];
  const seen = new Set<string>();
  for (const folder of entries.folders) {
    const topicSlug = slugAfterNumber(folder);
    if (topicSlug === null) {
      reader.refuse(join(slug, folder), { code: 'slug' });
      continue;
    }
    if (seen.has(topicSlug)) reader.refuse(join(slug, folder), { code: 'slug-twice', slug: topicSlug });
    seen.add(topicSlug);
    const topic = await readTopicFolder(reader, join(slug, folder), topicSlug);
    if (topic) topics.push(topic);
  }
  if (entries.folders.length === 0) reader.refuse(slug, { code: 'entry-missing', name: 'a topic' });
  return (
    course && { slug, course, subject: await findSubject(reader, join(slug, 'course.md'), course.subject, course.subjectLine), topics }
  );
}

async function readCourseText(reader: FolderReader, path: string) {
  const text = await reader.text(path);
  if (text === null) return null;
  const parsed = parseCourseSource(text);
  if (parsed.ok) return parsed.course;
  reader.refuse(path, ...parsed.problems);
  return null;
}

async function findSubject(reader: FolderReader, path: string, slug: string, line: number): Promise<ParsedSubject | null> {
  if (!(await reader.has('subjects.yaml'))) return null;
  const text = await reader.text('subjects.yaml');
  const parsed = text === null ? null : parseSubjectsSource(text);
  if (!parsed) return null;
  if (!parsed.ok) {
    reader.refuse('subjects.yaml', ...parsed.problems);
    return null;
  }
  const subject = parsed.subjects.find((one) => one.slug === slug);
  if (!subject) reader.refuse(path, { line, code: 'subject-unknown', subject: slug });
  return subject ?? null;
}
