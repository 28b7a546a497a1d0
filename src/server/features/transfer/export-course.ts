import type { Readable } from 'node:stream';
import { AppError } from '#shared/errors.ts';
import { scaleProblem } from '#shared/scales.ts';
import type { Actor, App } from '../../platform/app.ts';
import { courseFile, oneLine, yamlOf } from './canonical.ts';
import { examsFolder } from './exam-files.ts';
import { filesOfTopic } from './export-files.ts';
import { type ExportState, readExportState } from './export-state.ts';
import { opensText } from './opens.ts';
import { nameAtPlace } from './slugs.ts';
import { normaliseSource } from './source-text.ts';

/** One file of an exported course. */
export interface ExportEntry {
  /** From the folder that holds the course: `math-60/course.md`. */
  path: string;
  size: number;
  /** Texts are at hand, files lie in the store. */
  content: Buffer | (() => Readable);
}

/**
 * A course as files (docs/course-files.md), in the order of their paths. The same state of the school is always the same files; what was deleted is
 * not among them. Reading it back changes nothing.
 */
export async function exportCourse(app: App, actor: Actor, slug: string): Promise<ExportEntry[]> {
  if (actor.kind === 'person' && actor.role !== 'moderator') throw new AppError('AUTH_FORBIDDEN');
  const state = await readExportState(app, slug);
  const entries = [
    textEntry('subjects.yaml', subjectsFile(state.subject)),
    textEntry(`${slug}/course.md`, courseText(state)),
    ...draftEntry(`${slug}/description.draft.md`, state.descriptionDraft),
    ...state.topics.flatMap((topic, place) => topicEntries(app, topic, `${slug}/${nameAtPlace(place, state.topics.length, topic.slug)}`)),
    ...state.exams.map((exam, place) =>
      textEntry(`${slug}/${examsFolder}/${nameAtPlace(place, state.exams.length, exam.slug)}.exam.md`, examText(app, exam)),
    ),
  ];
  return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function textEntry(path: string, text: string): ExportEntry {
  const content = Buffer.from(text);
  return { path, size: content.length, content };
}

function draftEntry(path: string, draft: string | null): ExportEntry[] {
  return draft === null ? [] : [textEntry(path, normaliseSource(draft))];
}

const isDraft = (publishedAt: Date | null) => (publishedAt ? null : 'yes');
const number = (value: number | null) => (value === null ? null : String(value));

function subjectsFile({ slug, title, about, maxPrimary, scales }: ExportState['subject']): string {
  // A scale of other points belongs to the exam of another time: it would be refused when it is read.
  const known = scales.filter(({ points }) => scaleProblem(points, maxPrimary) === null).sort((a, b) => a.year - b.year);
  const byYear = Object.fromEntries(known.map(({ year, points }) => [String(year), points.join(' ')]));
  const subject = { slug, title: oneLine(title), about: oneLine(about), 'max-primary': String(maxPrimary) };
  return yamlOf([known.length > 0 ? { ...subject, scales: byYear } : subject]);
}

function courseText({ subject, course }: ExportState): string {
  const { title, target, summary, schedule, chatAfter, publishedAt, description } = course;
  const head = {
    title,
    subject: subject.slug,
    target: String(target),
    summary: summary === '' ? null : summary,
    schedule,
    'chat-after': chatAfter === 3 ? null : String(chatAfter),
    draft: isDraft(publishedAt),
  };
  return courseFile(head, description);
}

function examText(app: App, exam: ExportState['exams'][number]): string {
  const { title, about, limitMinutes, opensAt, closesAt, attempts, shuffled, review, scaleYear, publishedAt, tasks } = exam;
  const instant = (at: Date | null) => at && opensText(at, app.config.schoolTimeZone);
  const head = {
    title,
    minutes: number(limitMinutes),
    opens: instant(opensAt),
    closes: instant(closesAt),
    attempts: attempts === 1 ? null : (number(attempts) ?? 'unlimited'),
    order: shuffled ? 'shuffled' : null,
    review: review === 'closing' ? null : review,
    scale: number(scaleYear),
    draft: isDraft(publishedAt),
    tasks: { texts: tasks },
  };
  return courseFile(head, about);
}

type Topic = ExportState['topics'][number];

function topicEntries(app: App, topic: Topic, path: string): ExportEntry[] {
  const { title, opensAt, publishedAt, theory, theoryDraft, videos, tasks, files } = topic;
  const head = {
    title,
    opens: opensText(opensAt, app.config.schoolTimeZone),
    draft: isDraft(publishedAt),
    videos: videos.map((video) => ({ title: video.title, url: video.url, minutes: number(video.minutes) })),
    files: filesOfTopic(topic),
  };
  return [
    textEntry(`${path}/topic.md`, courseFile(head, theory)),
    ...draftEntry(`${path}/theory.draft.md`, theoryDraft),
    ...tasks.flatMap((task, place) => taskEntries(task, `${path}/${nameAtPlace(place, tasks.length, task.slug)}`)),
    ...files.map(({ name, size, storageKey }) => ({ path: `${path}/files/${name}`, size, content: () => app.storage.read(storageKey) })),
  ];
}

/** What students do not see is a draft, also where they saw it once. */
function taskEntries({ source, draft, publishedAt }: Topic['tasks'][number], path: string): ExportEntry[] {
  if (!publishedAt) return draftEntry(`${path}.draft.md`, draft ?? source);
  return [textEntry(`${path}.task.md`, source), ...draftEntry(`${path}.draft.md`, draft)];
}
