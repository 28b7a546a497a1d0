import { useFormat, useText } from '#client/lib/i18n.tsx';
import { LinkButton } from '#client/ui/link-button.tsx';
import { ProgressBar } from '#client/ui/progress-bar.tsx';
import { continueLine } from '#shared/i18n/lines/continue.ts';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { HomeDto } from '#shared/progress.ts';
import classes from './home.module.css';
import { continueLink, soonest } from './home-view.ts';

/** One button back to the very task. */
export function ContinueCard({ home }: { home: HomeDto }) {
  const text = useText().progress.home;
  const at = home.continueAt;
  const link = continueLink(at);
  if (at === null || link === null) return <Rest home={home} />;
  const { done, total } = at.tasks;
  return (
    <section className={classes.continue} aria-labelledby="continue">
      <p className={classes.place}>{text.place(setTitle(at.courseTitle), at.topicNumber, at.courseTopics)}</p>
      <h2 lang="ru" id="continue">
        {setTitle(at.topicTitle)}
      </h2>
      <div className={classes.continueFoot}>
        <ProgressBar done={done} total={total} onBoard className={classes.bar} caption={continueLine(at, text)} />
        <LinkButton size="lg" href={link}>
          {text.continue}
        </LinkButton>
      </div>
    </section>
  );
}

function Rest({ home }: { home: HomeDto }) {
  const text = useText().progress.home;
  const format = useFormat();
  const next = soonest(home.courses);
  return (
    <section className={classes.continue} aria-labelledby="continue">
      <h2 id="continue">{text.restTitle}</h2>
      <p className={classes.restText}>{next === null ? text.restTextNoDate : text.restText(format.schoolTime(next))}</p>
    </section>
  );
}
