import { IconChevronRight } from '@tabler/icons-react';
import { Link } from 'wouter';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { icon } from '#client/ui/icon.ts';
import { Mark } from '#client/ui/mark.tsx';
import type_ from '#client/ui/type.module.css';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { ProgressDto } from '#shared/progress.ts';
import classes from './profile.module.css';

export function LastSolved({ last }: { last: ProgressDto['lastSolved'] }) {
  const text = useText();
  const words = text.progress.profile;
  const format = useFormat();
  return (
    <section aria-labelledby="last-solved">
      <h2 id="last-solved" className={type_.h3}>
        {words.last}
      </h2>
      {last === null ? (
        <p className={classes.rule}>{words.lastNone}</p>
      ) : (
        <Link href={`/courses/${last.courseSlug}/${last.topicSlug}#${last.taskSlug}`} className={classes.last}>
          <Mark size={24} />
          <span className={classes.lastWords}>
            <b>{text.tasks.heading(last.taskNumber)}</b>
            <span lang="ru">{setTitle(last.topicTitle)}</span>
            <span>{format.dateTime(last.at)}</span>
          </span>
          <IconChevronRight {...icon.md} />
        </Link>
      )}
    </section>
  );
}
