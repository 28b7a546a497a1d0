import { IconArrowRight } from '@tabler/icons-react';
import { Link } from 'wouter';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { trpc } from '#client/lib/trpc.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { icon } from '#client/ui/icon.ts';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock, SkeletonText } from '#client/ui/skeleton.tsx';
import type_ from '#client/ui/type.module.css';
import type { CourseCardDto, SubjectDto } from '#shared/courses.ts';
import { setTitle } from '#shared/i18n/set-title.ts';
import classes from './course-cards.module.css';
import { usePriceLine } from './price-line.ts';

/** All courses as cards, by subject. `level` is that of the subjects' headings on the page. */
export function CourseCards({ level = 3 }: { level?: 2 | 3 }) {
  const text = useText().courses.list;
  const query = trpc.courses.list.useQuery();
  return (
    <QueryView query={query} errorTitle={text.failed} level={level} skeleton={<CardsSkeleton />}>
      {(subjects) =>
        subjects.length === 0 ? (
          <EmptyState title={text.emptyTitle} level={level} className={classes.empty}>
            {text.emptyText}
          </EmptyState>
        ) : (
          subjects.map((subject) => <Subject key={subject.slug} subject={subject} level={level} />)
        )
      }
    </QueryView>
  );
}

function Subject({ subject, level }: { subject: SubjectDto; level: 2 | 3 }) {
  const Title = `h${level}` as const;
  const id = `subject-${subject.slug}`;
  return (
    <section className={classes.subject} aria-labelledby={id}>
      <div>
        <Title lang="ru" id={id} className={type_.h2}>
          {setTitle(subject.title)}
        </Title>
        <p lang="ru" className={classes.about}>
          {setTitle(subject.about)}
        </p>
      </div>
      <div className={classes.cards}>
        {subject.courses.map((course) => (
          <CourseCard key={course.slug} course={course} maxPrimary={subject.maxPrimary} />
        ))}
      </div>
    </section>
  );
}

function CourseCard({ course, maxPrimary }: { course: CourseCardDto; maxPrimary: number }) {
  const text = useText().courses.card;
  const format = useFormat();
  const price = usePriceLine();
  return (
    <Link href={`/courses/${course.slug}`} className={classes.card}>
      {/* The number is the title for the eye; read aloud it would be «60» and a plus. */}
      <span className={type_.hidden}>{course.title}. </span>
      <span className={classes.top} aria-hidden="true">
        <span className={classes.target}>
          {course.target}
          <span>+</span>
        </span>
        <IconArrowRight {...icon.md} />
      </span>
      {course.targetPrimary !== null && <b>{text.primary(course.targetPrimary, maxPrimary)}</b>}
      <span lang="ru" className={classes.summary}>
        {setTitle(course.summary)}
      </span>
      <span className={classes.foot}>
        <span>{text.topics(course.topics)}</span>
        {course.firstOpensAt && <span>{text.from(format.schoolDate(course.firstOpensAt))}</span>}
        <b className={classes.price}>{price(course)}</b>
      </span>
    </Link>
  );
}

function CardsSkeleton() {
  return [0, 1].map((subject) => (
    <div key={subject} className={classes.subject}>
      <div>
        <SkeletonBlock width={180} height={24} />
        <SkeletonBlock width={140} height={14} mt={12} />
      </div>
      <div className={classes.cards}>
        {[0, 1].map((card) => (
          <div key={card} className={classes.card}>
            <SkeletonBlock width={96} height={48} mt={4} />
            <SkeletonText lines={3} mt={20} />
            <SkeletonBlock height={14} mt={24} />
          </div>
        ))}
      </div>
    </div>
  ));
}
