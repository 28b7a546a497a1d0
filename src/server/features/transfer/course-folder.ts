import { basename, dirname, join, resolve } from 'node:path';
import type { BundleSubject, BundleTopic, CourseBundle } from './bundle.ts';
import { parseCourseSource } from './course-source.ts';
import { examsFolder, readExams } from './exam-files.ts';
import { createFolderReader, type FolderReader } from './folder-reader.ts';
import type { CourseProblem } from './problems.ts';
import { isSlug, numberedName } from './slugs.ts';
import { parseSubjectsSource } from './subjects-source.ts';
import { readDraft } from './task-files.ts';
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

const ownFiles = ['course.md', 'description.draft.md'];

async function readCourse(reader: FolderReader, slug: string): Promise<CourseBundle | null> {
  const entries = await reader.list(slug);
  if (!entries) return null;
  if (!isSlug(slug)) reader.refuse(slug, { code: 'slug' });
  for (const name of entries.files) if (!ownFiles.includes(name)) reader.refuse(join(slug, name), { code: 'entry-unknown' });
  const course = entries.files.includes('course.md') ? await readCourseText(reader, join(slug, 'course.md')) : null;
  if (!entries.files.includes('course.md')) reader.refuse(slug, { code: 'entry-missing', name: 'course.md' });
  const draftPath = join(slug, 'description.draft.md');
  const descriptionDraft = entries.files.includes('description.draft.md') ? await readDraft(reader, draftPath) : null;
  const topics = await readTopics(
    reader,
    slug,
    entries.folders.filter((name) => name !== examsFolder),
  );
  const exams = entries.folders.includes(examsFolder) ? await readExams(reader, slug, topics) : [];
  if (!course) return null;
  const subject = await findSubject(reader, join(slug, 'course.md'), course.subject, course.subjectLine);
  return { slug, course, descriptionDraft, subject, topics, exams };
}

async function readTopics(reader: FolderReader, course: string, folders: string[]): Promise<BundleTopic[]> {
  const topics = [];
  const seen = new Set<string>();
  for (const folder of folders) {
    const path = join(course, folder);
    const named = numberedName(folder);
    if (!named) {
      reader.refuse(path, { code: 'slug' });
      continue;
    }
    if (seen.has(named.slug)) reader.refuse(path, { code: 'slug-twice', slug: named.slug });
    seen.add(named.slug);
    const topic = await readTopicFolder(reader, path, named.slug);
    if (topic) topics.push({ number: named.number, topic });
  }
  return topics.sort((a, b) => a.number - b.number).map(({ topic }) => topic);
}

async function readCourseText(reader: FolderReader, path: string) {
  const text = await reader.text(path);
  if (text === null) return null;
  const parsed = parseCourseSource(text);
  if (parsed.ok) return parsed.course;
  reader.refuse(path, ...parsed.problems);
  return null;
}

async function findSubject(reader: FolderReader, path: string, slug: string, line: number): Promise<BundleSubject | null> {
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
  return subject ? { ...subject, position: parsed.subjects.length > 1 ? subject.position : null } : null;
}
