import { IconChevronRight } from '@tabler/icons-react';
import { Link } from 'wouter';
import { useStudyText } from '#client/lib/study-text.ts';
import { icon } from '#client/ui/icon.ts';
import layout from '#client/ui/layout.module.css';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { MistakesBriefDto } from '#shared/mistakes.ts';
import classes from './mistakes.module.css';

/** The first mistakes of today, on the home. */
export function MistakesBlock({ brief: { due, first } }: { brief: MistakesBriefDto }) {
  const { mistakes } = useStudyText();
  const words = mistakes.home;
  return (
    <section aria-labelledby="mistakes" className={classes.block}>
      <div className={layout.between}>
        <h2 id="mistakes">{mistakes.title}</h2>
        <Link href="/mistakes" className={classes.all}>
          {due === 1 ? words.one : words.all(due)}
        </Link>
      </div>
      <ul className={layout.list}>
        {first.map(({ taskId, title, topicTitle, examNumber, wrongDaysAgo }) => (
          <li key={taskId}>
            <Link href={`/mistakes#mistake-${taskId}`} className={classes.row}>
              <span className={classes.number}>{examNumber !== null && words.examNumber(examNumber)}</span>
              <span className={classes.words}>
                <span lang="ru" className={classes.rowTitle}>
                  {setTitle(title)}
                </span>
                <span lang="ru" className={classes.rowTopic}>
                  {setTitle(topicTitle)}
                </span>
              </span>
              <span className={classes.when}>{words.wrong(wrongDaysAgo)}</span>
              <IconChevronRight {...icon.md} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
