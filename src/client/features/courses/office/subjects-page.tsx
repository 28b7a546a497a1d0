import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import rowClasses from '#client/features/office/list/rows.module.css';
import { OfficePage } from '#client/features/office/office-page.tsx';
import { useLocale } from '#client/lib/i18n.tsx';
import { serverNow } from '#client/lib/now.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Button } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { icon } from '#client/ui/icon.ts';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { OfficeSubjectDto } from '#shared/curriculum.ts';
import { zoneInSentence } from '#shared/i18n/zones.ts';
import list from './course-list.module.css';
import classes from './forms.module.css';
import { RowMenu } from './row-menu.tsx';
import { SubjectDialog } from './subject-dialog.tsx';
import { useCurriculum } from './use-curriculum.ts';

/** Subjects of the school, and how it is set up. */
export function SubjectsPage() {
  const { subjects: words } = useOfficeText().curriculum;
  const subjects = trpc.courses.office.subjects.useQuery();
  const [asked, ask] = useState<OfficeSubjectDto | 'new' | null>(null);
  const add = (
    <Button size="sm" variant="default" leftSection={<IconPlus {...icon.sm} />} onClick={() => ask('new')}>
      {words.add}
    </Button>
  );
  return (
    <OfficePage title={words.title}>
      <section aria-labelledby="subjects">
        <h2 id="subjects">{words.subjects}</h2>
        <p className={classes.note}>{words.subjectsNote}</p>
        <div className={classes.below}>
          <QueryView query={subjects} skeleton={<SkeletonBlock height={192} />} errorTitle={words.failed} level={3}>
            {(found) =>
              found.length === 0 ? (
                <EmptyState title={words.empty} level={3} action={add}>
                  {words.emptyText}
                </EmptyState>
              ) : (
                <>
                  <ul>
                    {found.map((subject) => (
                      <SubjectRow key={subject.id} subject={subject} onEdit={() => ask(subject)} />
                    ))}
                  </ul>
                  <div className={`${classes.below} ${classes.foot}`}>
                    {add}
                    <Link href="/admin/settings/scales">{words.toScales}</Link>
                  </div>
                </>
              )
            }
          </QueryView>
        </div>
      </section>
      {/* Below what it would be pushed down by. */}
      {(subjects.data || subjects.isError) && <SchoolFacts />}
      {asked !== null && <SubjectDialog subject={asked === 'new' ? null : asked} onClose={() => ask(null)} />}
    </OfficePage>
  );
}

function SubjectRow({ subject, onEdit }: { subject: OfficeSubjectDto; onEdit: () => void }) {
  const { curriculum } = useOfficeText();
  const { api, act } = useCurriculum();
  const words = curriculum.subjects;
  const remove = () => {
    let deleted: Awaited<ReturnType<typeof api.deleteSubject.mutate>> | null = null;
    void act(
      {
        send: async () => {
          deleted = await api.deleteSubject.mutate({ id: subject.id });
        },
      },
      () => ({
        message: curriculum.done.subject.deleted(subject.title),
        undo: () => act({ send: async () => deleted && api.restoreSubject.mutate(deleted) }),
      }),
    );
  };
  return (
    <li className={`${list.row} ${classes.subject}`}>
      <span className={rowClasses.what}>
        <b>{subject.title}</b>
        <span className={rowClasses.facts}>
          <span>{subject.about}</span>
          <span>{words.maxOf(subject.maxPrimary)}</span>
          <span>{words.courses(subject.courses)}</span>
          <span>{subject.scale ? words.scaleOf(subject.scale.year) : words.noScale}</span>
        </span>
      </span>
      <RowMenu
        name={subject.title}
        actions={[
          { label: words.edit, act: onEdit },
          { label: subject.courses > 0 ? words.inUse : curriculum.act.delete, act: subject.courses > 0 ? undefined : remove, apart: true },
        ]}
      />
    </li>
  );
}

function SchoolFacts() {
  const { curriculum, news, operator } = useOfficeText();
  const words = curriculum.subjects;
  const locale = useLocale();
  const facts = trpc.courses.office.schoolFacts.useQuery();
  return (
    <section className={classes.section} aria-labelledby="school">
      <h2 id="school">{words.school}</h2>
      <p className={classes.note}>{words.schoolNote}</p>
      <QueryView query={facts} skeleton={<SkeletonBlock height={72} />} level={3}>
        {({ timeZone, mail, storage }) => (
          <dl className={classes.facts}>
            <dt>{words.zone}</dt>
            <dd>
              {timeZone}, {zoneInSentence(locale, timeZone, serverNow())}
            </dd>
            <dt>{words.mail}</dt>
            <dd>
              {words.mailKind[mail]}. <Link href="/admin/delivery">{news.list.delivery}</Link>
            </dd>
            <dt>{words.storage}</dt>
            <dd>{words.storageKind[storage]}</dd>
          </dl>
        )}
      </QueryView>
      <p className={classes.below}>
        <Link href="/admin/settings/operator">{operator.title}</Link>
      </p>
    </section>
  );
}
