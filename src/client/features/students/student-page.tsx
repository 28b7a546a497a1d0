import { IconLock } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { Link, useParams, useSearch } from 'wouter';
import { OfficePage } from '#client/features/office/office-page.tsx';
import layout from '#client/features/people/profile-layout.module.css';
import { appError } from '#client/lib/errors.ts';
import { useFormat } from '#client/lib/i18n.tsx';
import { useMe } from '#client/lib/me.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { readablePhone } from '#client/lib/phone.ts';
import { trpc } from '#client/lib/trpc.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { icon } from '#client/ui/icon.ts';
import { LinkButton } from '#client/ui/link-button.tsx';
import { NoteBox } from '#client/ui/note-box.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { StudentDto } from '#shared/students.ts';
import { StudentAnswers } from './student-answers.tsx';
import { StudentChats } from './student-chats.tsx';
import { StudentCourses } from './student-courses.tsx';
import { StudentData } from './student-data.tsx';
import { StudentExams } from './student-exams.tsx';
import classes from './student-page.module.css';
import { StudentPayments } from './student-payments.tsx';
import { StudentStatistics } from './student-statistics.tsx';

const allTabs = ['statistics', 'courses', 'answers', 'payments', 'chats', 'data'] as const;
type Tab = (typeof allTabs)[number];

export function StudentPage() {
  const { id = '' } = useParams<{ id: string }>();
  const { list, page: words } = useOfficeText().students;
  const query = trpc.people.students.get.useQuery({ personId: id });
  const code = appError(query.error)?.code;
  const trail = [{ href: '/admin/students', label: list.title }];
  if (!query.data && (code === 'STUDENTS_NOT_FOUND' || code === 'INPUT_INVALID')) {
    return (
      <OfficePage title={words.missing} trail={trail}>
        <EmptyState title={words.missingText} action={<LinkButton href="/admin/students">{words.toList}</LinkButton>} />
      </OfficePage>
    );
  }
  const student = query.data;
  return (
    <OfficePage
      title={student && `${student.lastName} ${student.firstName}`}
      trail={trail}
      facts={student ? <Facts student={student} /> : <SkeletonBlock width={320} height={20} />}
    >
      <QueryView query={query} skeleton={<SkeletonBlock height={240} />} errorTitle={words.load}>
        {(found) => <Parts student={found} />}
      </QueryView>
    </OfficePage>
  );
}

function Facts({ student }: { student: StudentDto }) {
  const { page: words } = useOfficeText().students;
  const format = useFormat();
  return (
    <>
      <a className={classes.contact} href={`mailto:${student.email}`}>
        {student.email}
      </a>
      {student.phone ? (
        <a className={classes.contact} href={`tel:${student.phone}`}>
          {readablePhone(student.phone)}
        </a>
      ) : (
        <span>{words.noPhone}</span>
      )}
      <span>{student.lastActiveAt ? words.lastAnswer(format.daysAgo(student.lastActiveAt)) : words.noAnswer}</span>
      {student.lastSeenAt && !student.blocked && <span>{words.seen(format.ago(student.lastSeenAt))}</span>}
    </>
  );
}

function Parts({ student }: { student: StudentDto }) {
  const { students, payments } = useOfficeText();
  const { page: words } = students;
  const format = useFormat();
  const taken = useMe()?.payments === true;
  const tabs = allTabs.filter((one) => one !== 'payments' || taken);
  const asked = new URLSearchParams(useSearch()).get('tab');
  const tab: Tab = tabs.find((one) => one === asked) ?? 'statistics';
  const nav = useRef<HTMLElement>(null);
  // On a phone the tabs are wider than the screen: the one that is open must be seen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab is the event itself
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [tab]);
  const here = `/admin/students/${student.id}`;
  return (
    <>
      {student.blocked && (
        <NoteBox tone="warn" icon={<IconLock {...icon.md} />}>
          <p>
            {words.blocked(format.dateTime(student.blocked.at))} {student.blocked.reason && words.blockedReason(student.blocked.reason)}
          </p>
        </NoteBox>
      )}
      <nav ref={nav} className={`${layout.tabs} ${student.blocked ? '' : classes.tabs}`} aria-label={words.tabs.label}>
        {tabs.map((one) => (
          <Link key={one} href={one === 'statistics' ? here : `${here}?tab=${one}`} aria-current={tab === one ? 'page' : undefined}>
            {one === 'payments' ? payments.ofStudent.title : words.tabs[one]}
          </Link>
        ))}
      </nav>
      <div className={classes.part}>
        {tab === 'statistics' && <StudentStatistics student={student} />}
        {tab === 'courses' && <StudentCourses student={student} />}
        {tab === 'answers' && <StudentExams personId={student.id} />}
        {tab === 'answers' && <StudentAnswers personId={student.id} />}
        {tab === 'payments' && <StudentPayments personId={student.id} />}
        {tab === 'chats' && <StudentChats personId={student.id} />}
        {tab === 'data' && <StudentData student={student} />}
      </div>
    </>
  );
}
