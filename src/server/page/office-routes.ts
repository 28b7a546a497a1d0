/**
 * The pages of the moderators' office: their chunks, and what each asks first where that is safe to have at once. Editors ask for themselves: what somebody is
 * about to change has to be the newest.
 */
import type { PageRoute, Question, Visitor } from './routes.ts';

type Asks = (params: Record<string, string>) => Question[];

/** What the parts at the side count. */
function countedBeside({ payments }: Visitor): Question[] {
  return [['reviews.count'], ['chat.unread'], ...(payments ? [['payments.office.overview'] satisfies Question] : [])];
}

function officePage(path: string, module: string, asks: Asks = () => []): PageRoute {
  return {
    path,
    modules: ['office-routes.ts', 'features/office/office-frame.tsx', module],
    texts: 'office',
    signedIn: true,
    asks: (params, visitor) => (visitor?.role === 'moderator' ? [...asks(params), ...countedBeside(visitor)] : []),
  };
}

/** Lists as they are without a filter: what stands behind «?» is the browser's. */
export const officeRoutes: PageRoute[] = [
  {
    ...officePage('/admin', 'features/dashboard/dashboard-page.tsx', () => [['dashboard.get'], ['chat.inbox.replyTime'], ['health.brief']]),
    early: 'office',
  },
  officePage('/admin/courses', 'features/courses/office/course-list-page.tsx', () => [['courses.office.list']]),
  officePage('/admin/import', 'features/transfer/course-import-page.tsx'),
  officePage('/admin/courses/:course', 'features/courses/office/programme-page.tsx', ({ course }) => [
    ['courses.office.programme', { course }],
  ]),
  officePage('/admin/courses/:course/settings', 'features/courses/office/course-settings-page.tsx', ({ course }) => [
    ['courses.office.programme', { course }],
    ['courses.office.subjects'],
  ]),
  officePage('/admin/courses/:course/transfer', 'features/transfer/course-transfer-page.tsx', ({ course }) => [
    ['transfer.course', { course }],
  ]),
  officePage('/admin/courses/:course/exams', 'features/exams/office/exam-list-page.tsx', ({ course }) => [
    ['courses.office.programme', { course }],
    ['exams.office.list', { course }],
  ]),
  officePage('/admin/courses/:course/statistics', 'features/progress/office/group-page.tsx', ({ course }) => [
    ['progress.group.table', { course, q: '', sort: 'name', active: 'all' }, 'pages'],
  ]),
  officePage('/admin/exams/:id', 'features/exams/office/exam-editor-page.tsx', ({ id }) => [['exams.office.get', { id }]]),
  officePage('/admin/exams/:id/results', 'features/exams/office/exam-results-page.tsx', ({ id }) => [
    ['exams.office.get', { id }],
    ['exams.office.results', { id, q: '', state: null }, 'pages'],
  ]),
  officePage('/admin/attempts/:id', 'features/exams/office/exam-attempt-page.tsx', ({ id }) => [
    ['exams.office.attempt', { attemptId: id }],
  ]),
  officePage('/admin/tasks/:id/answers', 'features/tasks/office/clusters-page.tsx', ({ id }) => [
    ['tasks.clusters.list', { taskId: id }, 'pages'],
  ]),
  officePage('/admin/settings/scales', 'features/exams/office/scales-page.tsx', () => [['exams.scales.list']]),
  officePage('/admin/tasks/:id', 'features/texts/task-editor-page.tsx'),
  officePage('/admin/theory/:id', 'features/texts/theory-editor-page.tsx'),
  officePage('/admin/descriptions/:id', 'features/texts/description-editor-page.tsx'),
  officePage('/admin/review', 'features/reviews/review-queue-page.tsx', () => [['reviews.list', { filter: 'waiting' }, 'pages']]),
  officePage('/admin/review/:work', 'features/reviews/review-work-page.tsx', ({ work }) => [['reviews.open', { workId: work }]]),
  officePage('/admin/inbox/:thread?', 'features/inbox/inbox-page.tsx', ({ thread }) => [
    ['chat.inbox.counts'],
    ['chat.inbox.list', { filter: 'waiting', search: '' }, 'pages'],
    ...(thread === undefined
      ? []
      : ([
          ['chat.inbox.thread', { threadId: thread }],
          ['chat.history', { threadId: thread }],
        ] satisfies Question[])),
  ]),
  officePage('/admin/rooms/:thread?', 'features/inbox/rooms-page.tsx', () => [['chat.rooms.list']]),
  officePage('/admin/templates', 'features/inbox/templates-page.tsx', () => [['chat.templates.list']]),
  officePage('/admin/faq', 'features/support/office/faq-list-page.tsx', () => [['support.office.list']]),
  officePage('/admin/faq/new', 'features/support/office/faq-editor-page.tsx', () => [['support.office.list']]),
  officePage('/admin/faq/:id', 'features/support/office/faq-editor-page.tsx', () => [['support.office.list']]),
  officePage('/admin/news', 'features/news/office/news-list-page.tsx', () => [
    ['news.office.list', {}, 'pages'],
    ['people.students.courseChoices'],
  ]),
  officePage('/admin/news/new', 'features/news/office/news-editor-page.tsx', () => [['people.students.courseChoices']]),
  officePage('/admin/news/:id', 'features/news/office/news-editor-page.tsx', () => [['people.students.courseChoices']]),
  officePage('/admin/news/:id/report', 'features/news/office/news-report-page.tsx', ({ id }) => [['news.office.get', { id }]]),
  officePage('/admin/delivery', 'features/notifications/office/delivery-page.tsx', () => [
    ['notifications.office.overview'],
    ['notifications.office.blocked', {}, 'pages'],
  ]),
  officePage('/admin/payments', 'features/payments/office/payment-list-page.tsx', () => [
    ['payments.office.list', { filter: 'all', search: '' }, 'pages'],
  ]),
  officePage('/admin/payments/subscriptions', 'features/payments/office/subscription-list-page.tsx', () => [
    ['payments.office.subscriptions', { filter: 'active', search: '' }, 'pages'],
  ]),
  officePage('/admin/payments/promo', 'features/payments/office/promo-page.tsx', () => [
    ['payments.office.promo.list', { search: '' }, 'pages'],
  ]),
  officePage('/admin/payments/issues', 'features/payments/office/issues-page.tsx', () => [
    ['payments.office.issues', { open: true }, 'pages'],
  ]),
  officePage('/admin/payments/providers', 'features/payments/office/providers-page.tsx'),
  officePage('/admin/payments/:id', 'features/payments/office/payment-page.tsx', ({ id }) => [['payments.office.get', { id }]]),
  officePage('/admin/students', 'features/students/student-list-page.tsx', () => [
    ['people.students.list', { q: '', course: null, activity: null, state: null, sort: 'registered', order: 'desc' }, 'pages'],
    ['people.students.courseChoices'],
  ]),
  officePage('/admin/students/:id', 'features/students/student-page.tsx', ({ id }) => [
    ['people.students.get', { personId: id }],
    ['progress.ofStudent', { personId: id }],
    ['progress.statisticsOf', { personId: id, course: null }],
  ]),
  officePage('/admin/registrations', 'features/registry/registrations-page.tsx', () => [['registry.list', { page: 1 }]]),
  officePage('/admin/files', 'features/files/files-page.tsx', () => [['files.list', { page: 1, search: '', sort: 'newest' }]]),
  // Its looks at the outside world take as long as that takes.
  officePage('/admin/health', 'features/health/health-page.tsx'),
  officePage('/admin/settings/operator', 'features/settings/operator-page.tsx', () => [['settings.operator']]),
  officePage('/admin/settings', 'features/courses/office/subjects-page.tsx', () => [
    ['courses.office.subjects'],
    ['courses.office.schoolFacts'],
  ]),
  officePage('/admin/journal', 'features/audit/journal-page.tsx', () => [['audit.list', {}, 'pages'], ['audit.actors']]),
];
