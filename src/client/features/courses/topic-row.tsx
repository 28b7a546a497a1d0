import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useNow } from '#client/lib/now.ts';
import { icon } from '#client/ui/icon.ts';
import layout from '#client/ui/layout.module.css';
import { Ring } from '#client/ui/ring.tsx';
import type_ from '#client/ui/type.module.css';
import type { TopicRowDto } from '#shared/courses.ts';
import { setTitle } from '#shared/i18n/set-title.ts';
import { Countdown } from './countdown.tsx';
import classes from './topic-list.module.css';
import { isDone, type TopicRowKind } from './topic-rows.ts';

interface TopicRowProps {
  topic: TopicRowDto;
  kind: TopicRowKind;
  href: string;
  /** The person studies this course, so done tasks are counted beside all. */
  mine: boolean;
}

export function TopicRow({ topic, kind, href, mine }: TopicRowProps) {
  switch (kind) {
    case 'open':
      return <OpenRow topic={topic} href={href} mine={mine} />;
    case 'next':
      return <NextRow topic={topic} />;
    case 'locked':
      return <LockedRow topic={topic} />;
    case 'closed':
      return <ClosedRow topic={topic} />;
  }
}

function OpenRow({ topic, href, mine }: { topic: TopicRowDto; href: string; mine: boolean }) {
  const text = useText().courses.row;
  const { done, total } = topic.tasks;
  const state = isDone(topic) ? text.done : done > 0 ? text.started : text.untouched;
  return (
    <Row
      topic={topic}
      sign={<Ring done={done} total={total} />}
      title={
        <>
          <Link lang="ru" href={href}>
            {setTitle(topic.title)}
          </Link>
          {topic.fresh && (
            <>
              {' '}
              <span className={`${layout.tag} ${layout.tagBoard}`}>{text.fresh}</span>
            </>
          )}
        </>
      }
    >
      {mine && total > 0 && <span className={type_.hidden}>{state}, </span>}
      {total === 0 && text.noTasks}
      {total > 0 && !mine && text.tasks(total)}
      {total > 0 && mine && (
        <>
          <b>
            {done}/{total}
          </b>
          <span className={classes.wide}> {text.tasksOf(total)}</span>
        </>
      )}
    </Row>
  );
}

function NextRow({ topic }: { topic: TopicRowDto }) {
  const text = useText().courses.row;
  const format = useFormat();
  return (
    <Row
      topic={topic}
      className={classes.next}
      sign={<IconLock {...icon.md} />}
      title={
        <>
          <b lang="ru">{setTitle(topic.title)}</b>
          <span className={classes.when}>{text.opensAt(format.schoolTime(topic.opensAt))}</span>
        </>
      }
    >
      <Countdown opensAt={topic.opensAt} over={<b>{text.opening}</b>}>
        {(left) => (
          <>
            {text.opensIn} <b>{left}</b>
          </>
        )}
      </Countdown>
    </Row>
  );
}

function LockedRow({ topic }: { topic: TopicRowDto }) {
  const text = useText().courses.row;
  const format = useFormat();
  const left = format.countdown(topic.opensAt, useNow(60_000));
  return (
    <Row topic={topic} className={classes.locked} sign={<IconLock {...icon.md} />} title={setTitle(topic.title)}>
      <span className={type_.hidden}>{text.locked}, </span>
      {format.schoolDate(topic.opensAt)}
      {left !== null && <span className={classes.wide}>{text.dateIn(left)}</span>}
    </Row>
  );
}

function ClosedRow({ topic }: { topic: TopicRowDto }) {
  const text = useText().courses.row;
  return (
    <Row topic={topic} className={classes.locked} sign={<IconLock {...icon.md} />} title={setTitle(topic.title)}>
      {topic.tasks.total > 0 ? text.tasks(topic.tasks.total) : text.withCourse}
    </Row>
  );
}

interface RowProps {
  topic: TopicRowDto;
  sign: ReactNode;
  title: ReactNode;
  className?: string | undefined;
  /** State or date, at the right. */
  children: ReactNode;
}

function Row({ topic, sign, title, className, children }: RowProps) {
  return (
    <li className={className}>
      {sign}
      <span className={classes.number}>{topic.number}</span>
      <span className={classes.title}>{title}</span>
      <span className={classes.state}>{children}</span>
    </li>
  );
}
