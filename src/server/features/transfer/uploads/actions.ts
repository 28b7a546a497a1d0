import {
  type CourseImported,
  type CourseInspection,
  type ImportCourseInput,
  type InspectCourseInput,
  shownProblems,
} from '#shared/transfer.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { type ImportResult, importCourse, tryImport } from '../actions.ts';
import type { CourseBundle } from '../bundle.ts';
import { type CourseArchive, withCourseArchive } from '../course-archive.ts';
import { accessImport } from './access.ts';

/** What importing an uploaded archive would do, and what its author has to mend first. Nothing of it stays. */
export async function inspectCourse(app: App, actor: PersonActor, input: InspectCourseInput): Promise<CourseInspection> {
  return withUpload(app, actor, input, async (bundle) => inspectionOf(await tryImport(app, actor, [bundle])));
}

/** Imports what the moderator has seen; where the school has changed since, nothing, and the new report instead. */
export async function importUploadedCourse(app: App, actor: PersonActor, input: ImportCourseInput): Promise<CourseImported> {
  const { token, removeAnswered } = input;
  return withUpload<CourseImported>(app, actor, input, async (bundle) => {
    const result = await importCourse(app, actor, bundle, { token, removeAnswered });
    const [report] = result.ok ? result.reports : [];
    return report ? { outcome: 'imported', report } : inspectionOf(result);
  });
}

async function withUpload<T extends CourseImported>(
  app: App,
  actor: PersonActor,
  { uploadId, course }: InspectCourseInput,
  use: (bundle: CourseBundle) => Promise<T | CourseInspection>,
): Promise<T | CourseInspection> {
  await app.limits.take('transfer.person', actor.id);
  const upload = await accessImport(app, actor, uploadId);
  return withCourseArchive<T | CourseInspection>(upload.open(), async (read) => {
    if (!read.ok) return mistakesOf(read);
    const { bundle } = read;
    if (course !== undefined && bundle.slug !== course) {
      return { outcome: 'refused', refusal: { code: 'other-course', slug: bundle.slug } };
    }
    return use(bundle);
  });
}

function mistakesOf(read: CourseArchive & { ok: false }): CourseInspection {
  if ('refusal' in read) return { outcome: 'refused', refusal: read.refusal };
  return { outcome: 'problems', problems: read.problems.slice(0, shownProblems), total: read.problems.length };
}

function inspectionOf(result: ImportResult): CourseInspection {
  if (!result.ok && result.refusal) return { outcome: 'refused', refusal: result.refusal };
  const [report] = result.reports ?? [];
  if (!report) throw new Error('an import of one course has one report');
  return { outcome: 'ready', report };
}
