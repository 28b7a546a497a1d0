import { AppError } from '#shared/errors.ts';
import type { Actor, App } from '../../platform/app.ts';
import { recordAudit } from '../../platform/audit.ts';
import type { BundleFile, CourseBundle } from './bundle.ts';
import { type ImportRefusal, ImportRefused, type ImportReport, writeCourse } from './write-course.ts';
import { storageKeyOf } from './write-topic.ts';

export type { ImportRefusal, ImportReport } from './write-course.ts';

export interface ImportOptions {
  /** Import only while the school has no course at all. */
  onlyIntoEmptySchool?: boolean;
  /** Remove tasks that the bundle lacks though students have answered them. */
  removeAnswered?: boolean;
}

export type ImportResult = { ok: true; reports: ImportReport[] } | { ok: false; refusal: ImportRefusal };

/**
 * Creates or updates a course and publishes it, in one transaction. Afterwards the stored course equals the bundle: topics and tasks are matched
 * by slug and keep their ids; those the bundle lacks are removed, but if students have answered one of them, nothing at all is imported.
 */
export function importCourse(app: App, actor: Actor, bundle: CourseBundle, options: ImportOptions = {}): Promise<ImportResult> {
  return importCourses(app, actor, [bundle], options);
}

/** All of them or none. This writes the tables of courses and tasks: it is how these come to be as a whole, where their own actions change one thing. */
export async function importCourses(app: App, actor: Actor, bundles: CourseBundle[], options: ImportOptions = {}): Promise<ImportResult> {
  if (actor.kind === 'person' && actor.role !== 'moderator') throw new AppError('AUTH_FORBIDDEN');
  const { onlyIntoEmptySchool = false, removeAnswered = false } = options;
  // Bytes are in the store before any row names them. What a refused import leaves there, nobody sees and the next import uses.
  for (const bundle of bundles) for (const topic of bundle.topics) for (const file of topic.files) await store(app, file);
  try {
    const reports = await app.db.$transaction(
      async (tx) => {
        // One import at a time: two of the same course would both create it, and the second would fail.
        await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('course.import', 0))`;
        if (onlyIntoEmptySchool && (await tx.course.count()) > 0) throw new ImportRefused({ code: 'school-not-empty' });
        const written: ImportReport[] = [];
        for (const bundle of bundles) {
          const report = await writeCourse(app, tx, bundle, { removeAnswered });
          await recordAudit(app, tx, actor, { action: 'course.import', subject: bundle.slug, after: auditOf(report) });
          written.push(report);
        }
        return written;
      },
      { maxWait: 60_000, timeout: 120_000 },
    );
    return { ok: true, reports };
  } catch (error) {
    if (error instanceof ImportRefused) return { ok: false, refusal: error.refusal };
    throw error;
  }
}

function auditOf({ topics, tasks, removedAnswered, rekeyed }: ImportReport) {
  return { topics: { ...topics }, tasks: { ...tasks }, removedAnswered, rekeyed };
}

async function store(app: App, file: BundleFile): Promise<void> {
  const key = storageKeyOf(file);
  if ((await app.storage.find(key))?.size !== file.bytes.length) await app.storage.put(key, file.bytes);
}
