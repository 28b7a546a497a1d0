import { AppError } from '#shared/errors.ts';
import type { ImportRefusal, ImportReport } from '#shared/transfer.ts';
import type { Actor, App } from '../../platform/app.ts';
import { recordAudit } from '../../platform/audit.ts';
import type { BundleSubject, CourseBundle } from './bundle.ts';
import { ImportRefused } from './import-refused.ts';
import { findStored, type StoredFiles, storeFiles } from './store-files.ts';
import { writeCourse } from './write-course.ts';
import { writeSubject } from './write-course-row.ts';

export interface ImportOptions {
  /** Subjects that the school gets as well, beside those of the courses. */
  subjects?: BundleSubject[];
  /** Import only while the school has no course at all. */
  onlyIntoEmptySchool?: boolean;
  /** Take tasks and exams out of sight that the bundle lacks though students have answered or begun them. */
  removeAnswered?: boolean;
  /** Nothing is imported where the import would do something else than the one with this token. */
  token?: string;
}

export type ImportResult =
  | { ok: true; reports: ImportReport[] }
  | { ok: false; refusal: ImportRefusal }
  /** The school has changed since the import was tried: what it would do now. */
  | { ok: false; refusal: null; reports: ImportReport[] };

/**
 * Creates or updates a course, in one transaction. Afterwards what the school shows of it equals the bundle: topics, tasks and exams are matched by slug
 * and keep their ids; those the bundle lacks are deleted (they can be put back), but if students have answered one of them, nothing at all is imported.
 */
export function importCourse(app: App, actor: Actor, bundle: CourseBundle, options: ImportOptions = {}): Promise<ImportResult> {
  return importCourses(app, actor, [bundle], options);
}

/** All of them or none. This writes the tables of courses and tasks: it is how these come to be as a whole, where their own actions change one thing. */
export async function importCourses(app: App, actor: Actor, bundles: CourseBundle[], options: ImportOptions = {}): Promise<ImportResult> {
  allow(actor);
  const stored = await findStored(app, bundles);
  // Bytes are in the store before any row names them.
  await storeFiles(app, bundles, stored);
  return writeCourses(app, actor, bundles, stored, { isTrial: false, ...options });
}

/** What an import would do: it is done, looked at and taken back. Answers that would go are told and refuse nothing. */
export async function tryImport(app: App, actor: Actor, bundles: CourseBundle[]): Promise<ImportResult> {
  allow(actor);
  return writeCourses(app, actor, bundles, await findStored(app, bundles), { isTrial: true });
}

/**
 * Every key of a course leaves the school: written down before its archive goes.
 * @throws AppError AUTH_FORBIDDEN
 */
export async function noteCourseExport(app: App, actor: Actor, slug: string): Promise<void> {
  allow(actor);
  await app.db.$transaction(async (tx) => {
    const { title } = await tx.course.findUniqueOrThrow({ where: { slug }, select: { title: true } });
    await recordAudit(app, tx, actor, { action: 'course.export', subject: slug, label: title });
  });
}

function allow(actor: Actor): void {
  if (actor.kind === 'person' && actor.role !== 'moderator') throw new AppError('AUTH_FORBIDDEN');
}

/** Ends the transaction of an import that was only to be seen, or that is not the one that was seen. */
class TakenBack extends Error {
  readonly reports: ImportReport[];

  constructor(reports: ImportReport[]) {
    super('taken back');
    this.reports = reports;
  }
}

async function writeCourses(
  app: App,
  actor: Actor,
  bundles: CourseBundle[],
  files: StoredFiles,
  options: ImportOptions & { isTrial: boolean },
): Promise<ImportResult> {
  const { subjects = [], onlyIntoEmptySchool = false, removeAnswered = false, token, isTrial } = options;
  try {
    const reports = await app.db.$transaction(
      async (tx) => {
        // One import at a time: two of the same course would both create it, and the second would fail.
        await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('course.import', 0))`;
        if (onlyIntoEmptySchool && (await tx.course.count()) > 0) throw new ImportRefused({ code: 'school-not-empty' });
        for (const subject of subjects) await writeSubject(tx, subject);
        const written: ImportReport[] = [];
        for (const bundle of bundles) {
          const report = await writeCourse(app, tx, actor, bundle, { removeAnswered, isTrial, files });
          await recordAudit(app, tx, actor, { action: 'course.import', subject: bundle.slug, label: report.title, after: auditOf(report) });
          written.push(report);
        }
        if (isTrial || (token !== undefined && written.some((report) => report.token !== token))) throw new TakenBack(written);
        return written;
      },
      { maxWait: 60_000, timeout: 120_000 },
    );
    return { ok: true, reports };
  } catch (error) {
    if (error instanceof ImportRefused) return { ok: false, refusal: error.refusal };
    if (!(error instanceof TakenBack)) throw error;
    return isTrial ? { ok: true, reports: error.reports } : { ok: false, refusal: null, reports: error.reports };
  }
}

function auditOf({ created, topics, tasks, exams, changes }: ImportReport) {
  const named = (kept: (change: ImportReport['changes'][number]) => boolean) => changes.filter(kept).map(({ name }) => name);
  return {
    created,
    topics: { ...topics },
    tasks: { ...tasks },
    exams: { ...exams },
    removedAnswered: named(({ change, answers }) => change === 'removed' && answers > 0),
    rekeyed: named(({ parts, answers }) => parts.includes('answer') && answers > 0),
  };
}
