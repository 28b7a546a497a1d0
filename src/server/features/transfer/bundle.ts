import type { ParsedCourse } from './course-source.ts';
import type { ParsedSubject } from './subjects-source.ts';
import type { ParsedTask } from './task-source.ts';
import type { ParsedTopic } from './topic-source.ts';

/** A whole course as a value, read and checked: nothing is left to go wrong but the database. */
export interface CourseBundle {
  slug: string;
  course: ParsedCourse;
  /** Null where no subjects.yaml stood beside the course: the school then has to have the subject. */
  subject: ParsedSubject | null;
  /** In order. */
  topics: BundleTopic[];
}

export interface BundleTopic {
  slug: string;
  topic: ParsedTopic;
  files: BundleFile[];
  /** In order. */
  tasks: BundleTask[];
}

export interface BundleTask {
  slug: string;
  source: string;
  task: ParsedTask;
}

export interface BundleFile {
  name: string;
  bytes: Buffer;
  mime: string;
  /** Pixels, of pictures. */
  width: number | null;
  height: number | null;
}
