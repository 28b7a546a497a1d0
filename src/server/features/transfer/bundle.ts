import type { Readable } from 'node:stream';
import type { ParsedCourse } from './course-source.ts';
import type { ParsedExam } from './exam-source.ts';
import type { ParsedSubject } from './subjects-source.ts';
import type { ParsedTask } from './task-source.ts';
import type { ParsedTopic } from './topic-source.ts';

/** A whole course as a value, read and checked: nothing is left to go wrong but the database. */
export interface CourseBundle {
  slug: string;
  course: ParsedCourse;
  /** The pending edit of the description. */
  descriptionDraft: string | null;
  /** Null where no subjects.yaml stood beside the course: the school then has to have the subject. */
  subject: BundleSubject | null;
  /** In order. */
  topics: BundleTopic[];
  /** In order. */
  exams: BundleExam[];
}

/** `position` is null where subjects.yaml has this one alone and so says nothing of their order. */
export interface BundleSubject extends Omit<ParsedSubject, 'position'> {
  position: number | null;
}

export interface BundleTopic {
  slug: string;
  topic: ParsedTopic;
  /** The pending edit of the theory. */
  theoryDraft: string | null;
  files: BundleFile[];
  /** In order. */
  tasks: BundleTask[];
}

/** One of the two texts is there, or both. */
export interface BundleTask {
  slug: string;
  /** What it is called in lists; null: the draft does not say. */
  title: string | null;
  /** Null: a task that students do not see. */
  published: { source: string; task: ParsedTask } | null;
  /** As its author left it, broken or not. */
  draft: string | null;
}

/** Every task it names is in the bundle. */
export interface BundleExam {
  slug: string;
  exam: ParsedExam;
}

/** The bytes stay where they are until somebody wants them: a video may have two gigabytes. */
export interface BundleFile {
  name: string;
  size: number;
  /** In hex. */
  sha256: string;
  open(): Readable;
  mime: string;
  /** Pixels, of pictures. */
  width: number | null;
  height: number | null;
}
