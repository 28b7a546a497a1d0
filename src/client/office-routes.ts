import type { LazyPage } from './lib/lazy-page.tsx';
import { officePage } from './lib/office-text.ts';

/**
 * The pages of the moderators' office. The list is a chunk of its own: with the names of all the files that its pages are made of it is larger than
 * many a page, and no student needs it.
 */
export const officePages: [path: string, page: LazyPage][] = [
  ['/admin', officePage(() => import('./features/dashboard/dashboard-page.tsx'), 'DashboardPage')],
  ['/admin/courses', officePage(() => import('./features/courses/office/course-list-page.tsx'), 'OfficeCourseListPage')],
  ['/admin/import', officePage(() => import('./features/transfer/course-import-page.tsx'), 'CourseImportPage')],
  ['/admin/courses/:course', officePage(() => import('./features/courses/office/programme-page.tsx'), 'ProgrammePage')],
  ['/admin/courses/:course/settings', officePage(() => import('./features/courses/office/course-settings-page.tsx'), 'CourseSettingsPage')],
  ['/admin/courses/:course/transfer', officePage(() => import('./features/transfer/course-transfer-page.tsx'), 'CourseTransferPage')],
  ['/admin/courses/:course/exams', officePage(() => import('./features/exams/office/exam-list-page.tsx'), 'ExamListPage')],
  ['/admin/courses/:course/statistics', officePage(() => import('./features/progress/office/group-page.tsx'), 'GroupPage')],
  ['/admin/exams/:id', officePage(() => import('./features/exams/office/exam-editor-page.tsx'), 'ExamEditorPage')],
  ['/admin/exams/:id/results', officePage(() => import('./features/exams/office/exam-results-page.tsx'), 'ExamResultsPage')],
  ['/admin/attempts/:id', officePage(() => import('./features/exams/office/exam-attempt-page.tsx'), 'ExamAttemptPage')],
  ['/admin/tasks/:id/answers', officePage(() => import('./features/tasks/office/clusters-page.tsx'), 'ClustersPage')],
  ['/admin/settings/scales', officePage(() => import('./features/exams/office/scales-page.tsx'), 'ScalesPage')],
  ['/admin/tasks/:id', officePage(() => import('./features/texts/task-editor-page.tsx'), 'TaskEditorPage')],
  ['/admin/theory/:id', officePage(() => import('./features/texts/theory-editor-page.tsx'), 'TheoryEditorPage')],
  ['/admin/descriptions/:id', officePage(() => import('./features/texts/description-editor-page.tsx'), 'DescriptionEditorPage')],
  ['/admin/review', officePage(() => import('./features/reviews/review-queue-page.tsx'), 'ReviewQueuePage')],
  ['/admin/review/:work', officePage(() => import('./features/reviews/review-work-page.tsx'), 'ReviewWorkPage')],
  ['/admin/inbox/:thread?', officePage(() => import('./features/inbox/inbox-page.tsx'), 'InboxPage')],
  ['/admin/rooms/:thread?', officePage(() => import('./features/inbox/rooms-page.tsx'), 'RoomsPage')],
  ['/admin/templates', officePage(() => import('./features/inbox/templates-page.tsx'), 'TemplatesPage')],
  ['/admin/faq', officePage(() => import('./features/support/office/faq-list-page.tsx'), 'FaqListPage')],
  ['/admin/faq/new', officePage(() => import('./features/support/office/faq-editor-page.tsx'), 'FaqEditorPage')],
  ['/admin/faq/:id', officePage(() => import('./features/support/office/faq-editor-page.tsx'), 'FaqEditorPage')],
  ['/admin/news', officePage(() => import('./features/news/office/news-list-page.tsx'), 'OfficeNewsListPage')],
  ['/admin/news/new', officePage(() => import('./features/news/office/news-editor-page.tsx'), 'NewsEditorPage')],
  ['/admin/news/:id', officePage(() => import('./features/news/office/news-editor-page.tsx'), 'NewsEditorPage')],
  ['/admin/news/:id/report', officePage(() => import('./features/news/office/news-report-page.tsx'), 'NewsReportPage')],
  ['/admin/delivery', officePage(() => import('./features/notifications/office/delivery-page.tsx'), 'DeliveryPage')],
  ['/admin/payments', officePage(() => import('./features/payments/office/payment-list-page.tsx'), 'PaymentListPage')],
  [
    '/admin/payments/subscriptions',
    officePage(() => import('./features/payments/office/subscription-list-page.tsx'), 'SubscriptionListPage'),
  ],
  ['/admin/payments/promo', officePage(() => import('./features/payments/office/promo-page.tsx'), 'PromoPage')],
  ['/admin/payments/issues', officePage(() => import('./features/payments/office/issues-page.tsx'), 'IssuesPage')],
  ['/admin/payments/providers', officePage(() => import('./features/payments/office/providers-page.tsx'), 'ProvidersPage')],
  ['/admin/payments/:id', officePage(() => import('./features/payments/office/payment-page.tsx'), 'PaymentPage')],
  ['/admin/students', officePage(() => import('./features/students/student-list-page.tsx'), 'StudentListPage')],
  ['/admin/students/:id', officePage(() => import('./features/students/student-page.tsx'), 'StudentPage')],
  ['/admin/registrations', officePage(() => import('./features/registry/registrations-page.tsx'), 'RegistrationsPage')],
  ['/admin/files', officePage(() => import('./features/files/files-page.tsx'), 'FilesPage')],
  ['/admin/settings', officePage(() => import('./features/courses/office/subjects-page.tsx'), 'SubjectsPage')],
  ['/admin/journal', officePage(() => import('./features/audit/journal-page.tsx'), 'JournalPage')],
];
