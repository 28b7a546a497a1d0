import { createReadStream, createWriteStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { importCourses } from '#server/features/transfer/actions.ts';
import type { CourseBundle } from '#server/features/transfer/bundle.ts';
import { type CourseArchive, withCourseArchive } from '#server/features/transfer/course-archive.ts';
import { readCourseFolder } from '#server/features/transfer/course-folder.ts';
import { exportCourse } from '#server/features/transfer/export-course.ts';
import { writeFolder } from '#server/features/transfer/folder-writer.ts';
import { formatProblem } from '#server/features/transfer/problem-text.ts';
import { zipOf } from '#server/features/transfer/zip-writer.ts';
import { openCliApp } from '#server/open-app.ts';
import { AppError } from '#shared/errors.ts';
import { archiveRefusal } from '#shared/i18n/en/office/transfer-problems.ts';
import type { ImportRefusal, ImportReport } from '#shared/transfer.ts';
import { CommandError, runCommand, UsageError } from './run-command.ts';

const usage = `Courses as folders of text files (docs/course-files.md).

  npm run course -- check <folder> …     is everything in them right?
  npm run course -- import <folder> …    create the courses, or make them equal to the folders
                                         (a <folder> may also be an archive that was exported: <file>.zip)
  npm run course -- export <slug> <dir>  write a course as such a folder, into an empty one
  npm run course -- export <slug> --zip <file>

Several folders are imported together or not at all. Topics, tasks and exams are known by the names of their files; those that a folder no longer has
are deleted, and can be put back in the office. If students have answered such a task or begun such an exam, nothing is imported, unless you say:
  --remove-answered                      delete it all the same; what students answered is kept with it

Exit codes: 0 all right, 1 something to mend, 2 wrong use.
`;

await runCommand(usage, async () => {
  const { command, folders, removeAnswered, zip } = readArguments();
  if (command === 'help') {
    process.stdout.write(usage);
    return true;
  }
  if (command === 'export') return exportTo(folders, zip);
  if (zip !== undefined) throw new UsageError('Only an export makes a zip.');
  if (folders.length === 0) throw new UsageError('Name a folder.');
  if (command === 'check') return withCourses(folders, async (bundles) => bundles !== null);
  if (command === 'import') return importFolders(folders, removeAnswered);
  throw new UsageError('Unknown command.');
});

function readArguments(): { command: string; folders: string[]; removeAnswered: boolean; zip: string | undefined } {
  try {
    const options = { help: { type: 'boolean', short: 'h' }, 'remove-answered': { type: 'boolean' }, zip: { type: 'string' } } as const;
    const { positionals, values } = parseArgs({ allowPositionals: true, options });
    const [command = 'help', ...folders] = positionals;
    return { command: values.help ? 'help' : command, folders, removeAnswered: values['remove-answered'] ?? false, zip: values.zip };
  } catch {
    throw new UsageError('Unknown option.');
  }
}

/**
 * Hands over the courses that stand in the folders and archives; null when anything is wrong in any of them, which was said. What was unpacked lies
 * in a folder of its own until `use` has ended.
 */
async function withCourses<T>(
  [place, ...more]: string[],
  use: (bundles: CourseBundle[] | null) => Promise<T>,
  read: (CourseBundle | null)[] = [],
): Promise<T> {
  if (place === undefined) return use(read.includes(null) ? null : read.filter((bundle) => bundle !== null));
  const goOn = (course: CourseArchive) => withCourses(more, use, [...read, tellOf(place, course)]);
  if (!/\.zip$/i.test(place)) return goOn(await readCourseFolder(place));
  await access(place).catch(() => {
    throw new CommandError(`${place}: there is no such file`);
  });
  return withCourseArchive(createReadStream(place), goOn);
}

/** The course, where nothing is wrong with it. */
function tellOf(place: string, read: CourseArchive): CourseBundle | null {
  if (read.ok) {
    const { course, topics, exams } = read.bundle;
    const tasks = topics.reduce((sum, topic) => sum + topic.tasks.length, 0);
    const parts = [`${topics.length} topics`, `${tasks} tasks`, ...(exams.length > 0 ? [`${exams.length} exams`] : [])];
    process.stdout.write(`${place}: «${course.title}», ${parts.join(', ')}, no problems\n`);
    return read.bundle;
  }
  if ('refusal' in read) {
    process.stderr.write(`${place}: ${archiveRefusal(read.refusal)}\n`);
    return null;
  }
  // Named from where the person stands, so that a terminal can jump there; in an archive it cannot.
  const from = /\.zip$/i.test(place) ? place : relative(process.cwd(), dirname(resolve(place)));
  for (const problem of read.problems) process.stderr.write(`${formatProblem({ ...problem, file: join(from, problem.file) })}\n`);
  return null;
}

function importFolders(folders: string[], removeAnswered: boolean): Promise<boolean> {
  return withCourses(folders, async (bundles) => bundles !== null && importAll(bundles, removeAnswered));
}

async function importAll(bundles: CourseBundle[], removeAnswered: boolean): Promise<boolean> {
  const { app, close } = await openCliApp();
  try {
    const imported = await importCourses(app, { kind: 'cli' }, bundles, { removeAnswered });
    if (imported.ok) for (const report of imported.reports) process.stdout.write(`${describeReport(report).join('\n')}\n`);
    else if (imported.refusal) process.stderr.write(`${describeRefusal(imported.refusal).join('\n')}\n`);
    return imported.ok;
  } finally {
    await close();
  }
}

/** Into a folder, or with `zip` into that file. What is there already is not touched. */
async function exportTo([slug, dir, ...more]: string[], zip: string | undefined): Promise<boolean> {
  if (slug === undefined || more.length > 0 || (dir === undefined) === (zip === undefined)) {
    throw new UsageError('Name a course, and an empty folder or --zip with a file.');
  }
  const { app, close } = await openCliApp();
  try {
    const entries = await exportCourse(app, { kind: 'cli' }, slug);
    if (zip !== undefined) await pipeline(zipOf(entries), createWriteStream(zip, { flags: 'wx' }));
    else if (dir !== undefined && !(await writeFolder(entries, dir))) {
      process.stderr.write(`${dir} is not empty. Nothing was written.\n`);
      return false;
    }
    process.stdout.write(`${slug}: ${entries.length} files\n`);
    return true;
  } catch (error) {
    const reason = refusalOfExport(error);
    if (reason === null) throw error;
    process.stderr.write(`${reason}\n`);
    return false;
  } finally {
    await close();
  }
}

function refusalOfExport(error: unknown): string | null {
  if (error instanceof AppError && error.code === 'COURSES_NOT_FOUND') return 'The school has no such course.';
  return error instanceof Error && 'code' in error && error.code === 'EEXIST' ? 'The file is there already. Nothing was written.' : null;
}

function describeReport({ course, created, topics, tasks, exams, changes }: ImportReport): string[] {
  const answered = (kept: (change: ImportReport['changes'][number]) => boolean) =>
    changes.filter((change) => change.answers > 0 && kept(change)).map(({ kind, name }) => (kind === 'exam' ? `exam ${name}` : name));
  const counts = ({ created, updated, unchanged, removed }: ImportReport['tasks']) =>
    `${created} new, ${updated} changed, ${unchanged} as before, ${removed} removed`;
  const hasExams = Object.values(exams).some((count) => count > 0);
  return [
    `${course}: ${created ? 'created' : 'updated'}. Topics: ${counts(topics)}. Tasks: ${counts(tasks)}.${hasExams ? ` Exams: ${counts(exams)}.` : ''}`,
    ...answered(({ change }) => change === 'removed').map((name) => `  removed with the answers of students: ${name}`),
    ...answered(({ parts }) => parts.includes('answer')).map(
      (name) => `  answered by students before its key or options changed, their points stay: ${name}`,
    ),
  ];
}

function describeRefusal(refusal: ImportRefusal): string[] {
  switch (refusal.code) {
    case 'subject-unknown':
      return [`The school has no subject «${refusal.subject}», and no subjects.yaml beside the course describes it. Nothing was imported.`];
    case 'other-course':
      return [`The files are of the course «${refusal.slug}». Nothing was imported.`];
    case 'school-not-empty':
      return ['The school has courses already. Nothing was imported.'];
    case 'answers-would-be-lost':
      return [
        `${refusal.course}: students have worked on what the folder no longer has. Nothing was imported.`,
        ...refusal.tasks.map(({ topic, task, answers }) => `  ${topic}/${task}: ${answers} answers`),
        ...refusal.exams.map(({ exam, attempts }) => `  exam ${exam}: ${attempts} attempts`),
        'Bring the files back, or say --remove-answered to delete it all the same.',
      ];
  }
}
