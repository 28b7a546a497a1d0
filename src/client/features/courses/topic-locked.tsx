import { IconLock } from '@tabler/icons-react';
import { Link } from 'wouter';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useNow } from '#client/lib/now.ts';
import { icon } from '#client/ui/icon.ts';
import layout from '#client/ui/layout.module.css';
import { LinkButton } from '#client/ui/link-button.tsx';
import type { ErrorData } from '#shared/errors.ts';
import { setTitle } from '#shared/i18n/set-title.ts';
import { Countdown } from './countdown.tsx';
import classes from './topic-locked.module.css';
import { useOpening } from './use-opening.ts';

/** Nobody waits longer than that before a page. */
const longestWait = 3 * 3_600_000;

interface TopicLockedProps {
  refusal: ErrorData['TOPICS_NOT_OPEN'];
  onOpening: () => void;
}

/** A closed door that says when it opens, and opens by itself. */
export function TopicLocked({ refusal, onOpening }: TopicLockedProps) {
  const text = useText().courses.topic;
  const format = useFormat();
  useOpening(refusal.opensAt, onOpening);
  const soon = Date.parse(refusal.opensAt) - useNow(60_000) < longestWait;
  const course = `/courses/${refusal.courseSlug}`;
  return (
    <>
      <p className={classes.back}>
        <Link lang="ru" href={course}>
          {setTitle(refusal.courseTitle)}
        </Link>
      </p>
      <h1 lang="ru">{setTitle(refusal.topicTitle)}</h1>
      <div className={`${layout.card} ${classes.card}`}>
        <p className={classes.title}>
          <IconLock {...icon.md} />
          <Countdown opensAt={refusal.opensAt} over={text.lockedNow} far={text.lockedOn(format.schoolDate(refusal.opensAt))}>
            {text.lockedIn}
          </Countdown>
        </p>
        <p className={classes.text}>
          {format.schoolTime(refusal.opensAt)}. {soon && text.lockedStays}
        </p>
        <LinkButton href={course} variant="default" className={classes.action}>
          {text.toCourse}
        </LinkButton>
      </div>
    </>
  );
}
