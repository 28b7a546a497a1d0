import * as z from 'zod';
import { emailInput, nameInput } from './people.ts';
import { isNearInstant, storableText } from './storable.ts';

/** Rows of one page of the list. */
export const studentPageSize = 25;
/** Beyond it the list says «больше 10 000» instead of counting on. */
export const studentCountCap = 10_000;

export const studentActivities = ['active7', 'active30', 'inactive14', 'never'] as const;
export const studentStates = ['blocked', 'unverified'] as const;
export const studentSorts = ['registered', 'name', 'active'] as const;
export const studentOrders = ['asc', 'desc'] as const;
export type StudentActivity = (typeof studentActivities)[number];
export type StudentState = (typeof studentStates)[number];
export type StudentSort = (typeof studentSorts)[number];
export type StudentOrder = (typeof studentOrders)[number];

const courseSlug = z
  .string()
  .max(60)
  .regex(/^[a-z0-9-]+$/);

/** Which students, and in which order. */
export const studentFilterInput = z.strictObject({
  /** Words of names, parts of an address, digits of a phone in any notation. */
  q: z.string().max(200, 'too-long').default(''),
  /** Slug of a course they take. */
  course: courseSlug.nullable().default(null),
  activity: z.enum(studentActivities).nullable().default(null),
  state: z.enum(studentStates).nullable().default(null),
  sort: z.enum(studentSorts).default('registered'),
  order: z.enum(studentOrders).default('desc'),
});
export type StudentFilter = z.output<typeof studentFilterInput>;

export const studentListInput = studentFilterInput.extend({
  /** Where the page before ended; made by the server. */
  cursor: z.string().max(1000).nullish(),
  /** tRPC sends along which way its pages grow: always forward here. */
  direction: z.enum(['forward', 'backward']).optional(),
});

export const studentRowDto = z.object({
  id: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  phone: z.string().nullable(),
  registeredAt: z.string(),
  lastActiveAt: z.string().nullable(),
  verified: z.boolean(),
  blocked: z.boolean(),
  /** Titles of the courses they take, in the order in which they took them. */
  courses: z.array(z.string()),
  /** Of the courses they take: the numbers of their own profile. */
  tasks: z.object({ done: z.number().int(), total: z.number().int() }),
});
export type StudentRowDto = z.infer<typeof studentRowDto>;

export const studentListDto = z.object({
  rows: z.array(studentRowDto),
  nextCursor: z.string().nullable(),
  /** With the first page only. `more`: there are more than `count`. */
  total: z.object({ count: z.number().int(), more: z.boolean() }).nullable(),
  /** Nobody was found by the very letters; these are like them. */
  similar: z.boolean(),
});
export type StudentListDto = z.infer<typeof studentListDto>;

/** How many of those whom a search finds are offered where one of them is to be picked. */
export const studentHits = 10;
export const findStudentsInput = z.strictObject({ q: z.string().max(100, 'too-long') });
export const studentHitDto = studentRowDto.pick({ id: true, firstName: true, lastName: true, email: true });
export type StudentHitDto = z.infer<typeof studentHitDto>;

/** Courses to choose from: those that are not deleted. */
export const studentCourseChoiceDto = z.object({ id: z.string(), slug: z.string(), title: z.string(), published: z.boolean() });
export type StudentCourseChoiceDto = z.infer<typeof studentCourseChoiceDto>;

export const studentInput = z.strictObject({ personId: z.uuid() });

export const studentDto = z.object({
  id: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  phone: z.string().nullable(),
  timeZone: z.string(),
  /** Where the registration came from: «site», «import». */
  source: z.string(),
  registeredAt: z.string(),
  verifiedAt: z.string().nullable(),
  /** The last answer that was counted. */
  lastActiveAt: z.string().nullable(),
  /** The last request of a session that still lives. */
  lastSeenAt: z.string().nullable(),
  sessions: z.number().int(),
  consent: z.object({ version: z.string(), agreedAt: z.string() }).nullable(),
  blocked: z.object({ at: z.string(), reason: z.string() }).nullable(),
  /** The student has deleted the account: closed now, erased at this instant. */
  eraseAt: z.string().nullable(),
});
export type StudentDto = z.infer<typeof studentDto>;

export const studentTopicDto = z.object({
  id: z.string(),
  slug: z.string(),
  title: z.string(),
  number: z.number().int(),
  opensAt: z.string(),
  /** Open for this student, for whatever reason. */
  open: z.boolean(),
  /** A moderator opened it before its date; since when. */
  openedEarlyAt: z.string().nullable(),
  /** The student has been there: it stays open. */
  visited: z.boolean(),
  tasks: z.object({ done: z.number().int(), total: z.number().int() }),
});
export type StudentTopicDto = z.infer<typeof studentTopicDto>;

export const studentCourseDto = z.object({
  id: z.string(),
  slug: z.string(),
  title: z.string(),
  published: z.boolean(),
  /** Anybody may take it, so that taking it away lasts only until the student opens a topic. */
  free: z.boolean(),
  /** Null: not taken. */
  /** `until`: of what was paid by the month. */
  enrolled: z.object({ at: z.string(), how: z.enum(['free', 'granted', 'paid']), until: z.string().nullable() }).nullable(),
  topics: z.array(studentTopicDto),
});
export type StudentCourseDto = z.infer<typeof studentCourseDto>;

export const grantCourseInput = z.strictObject({
  personId: z.uuid(),
  courseId: z.uuid(),
  /** Puts back what `revokeCourse` took away. */
  as: z.strictObject({ at: z.iso.datetime().refine(isNearInstant, 'invalid'), how: z.enum(['free', 'granted']) }).optional(),
});
export const revokeCourseInput = z.strictObject({ personId: z.uuid(), courseId: z.uuid() });
/** What was taken away; null: there was nothing. */
export const revokedDto = z.object({ at: z.string(), how: z.enum(['free', 'granted']) }).nullable();
export const studentTopicInput = z.strictObject({ personId: z.uuid(), topicId: z.uuid() });

export const studentAnswersInput = z.strictObject({
  personId: z.uuid(),
  course: courseSlug.nullable().default(null),
  cursor: z.string().max(100).nullish(),
  direction: z.enum(['forward', 'backward']).optional(),
});
export const studentAnswerDto = z.object({
  id: z.string(),
  courseSlug: z.string(),
  courseTitle: z.string(),
  topicSlug: z.string(),
  topicTitle: z.string(),
  taskId: z.string(),
  taskSlug: z.string(),
  taskTitle: z.string(),
  answer: z.discriminatedUnion('kind', [
    /** As we understood it. */
    z.object({ kind: z.literal('text'), text: z.string() }),
    z.object({ kind: z.literal('options'), chosen: z.array(z.object({ place: z.number().int(), html: z.string() })) }),
    /** A long answer that a teacher graded. */
    z.object({ kind: z.literal('work') }),
  ]),
  verdict: z.enum(['right', 'partly', 'wrong']),
  points: z.number().int(),
  maxPoints: z.number().int(),
  at: z.string(),
  /** Students can reach the task: it and all above it are published. */
  shown: z.boolean(),
});
export type StudentAnswerDto = z.infer<typeof studentAnswerDto>;
export const studentAnswersDto = z.object({ rows: z.array(studentAnswerDto), nextCursor: z.string().nullable() });

/** The latest round of a long answer. */
export const studentWorkDto = z.object({
  id: z.string(),
  taskId: z.string(),
  taskTitle: z.string(),
  topicTitle: z.string(),
  courseTitle: z.string(),
  round: z.number().int(),
  state: z.enum(['waiting', 'returned', 'accepted']),
  points: z.number().int().nullable(),
  maxPoints: z.number().int(),
  handedInAt: z.string(),
});
export type StudentWorkDto = z.infer<typeof studentWorkDto>;

/** Only what is to change. */
export const updateStudentInput = z.strictObject({
  personId: z.uuid(),
  firstName: nameInput.optional(),
  lastName: nameInput.optional(),
  phone: z.string().max(40, 'too-long').optional(),
  email: emailInput.optional(),
});

export const blockReasonLimit = 500;
export const blockStudentInput = z.strictObject({
  personId: z.uuid(),
  reason: z.string().trim().max(blockReasonLimit, 'too-long').transform(storableText).default(''),
});
