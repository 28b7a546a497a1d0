import { useState } from 'react';
import { Link } from 'wouter';
import { answerInLine } from '#client/features/tasks/office/clusters-view.ts';
import { useFormat, useLocale } from '#client/lib/i18n.tsx';
import { useNow } from '#client/lib/now.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { Button } from '#client/ui/button.tsx';
import layout from '#client/ui/layout.module.css';
import { LinkButton } from '#client/ui/link-button.tsx';
import { Prose } from '#client/ui/prose.tsx';
import hidden from '#client/ui/type.module.css';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { InboxThreadDto } from '#shared/inbox.ts';
import classes from './thread.module.css';

/** Beside the thread: what the student has tried, what would be right, who they are. */
export function ThreadInfo({ thread }: { thread: InboxThreadDto }) {
  return (
    <div className={classes.about}>
      {thread.task && <TaskInfo task={thread.task} taskId={thread.thread.task?.id} />}
      <StudentInfo student={thread.student} />
    </div>
  );
}

const firstAttempts = 6;

function TaskInfo({ task, taskId }: { task: NonNullable<InboxThreadDto['task']>; taskId: string | undefined }) {
  const { inbox } = useOfficeText();
  const format = useFormat();
  const [all, setAll] = useState(false);
  const attempts = all ? task.attempts : task.attempts.slice(0, firstAttempts);
  return (
    <section>
      <h3>{inbox.attempts}</h3>
      {attempts.length === 0 && <p className={classes.dim}>{inbox.noAttempts}</p>}
      <ul className={classes.attempts}>
        {attempts.map(({ id, answer, verdict, at }) => (
          <li key={id}>
            <span className={classes.answer}>
              {answerInLine(answer) || <i>{inbox.emptyAnswer}</i>}
              {verdict === 'wrong' ? (
                <span className={hidden.hidden}>, {inbox.wrong}</span>
              ) : (
                <span className={classes.dim}> {inbox[verdict]}</span>
              )}
            </span>
            <time className={classes.dim} dateTime={at} title={format.dateTime(at)}>
              {format.ago(at)}
            </time>
          </li>
        ))}
      </ul>
      {attempts.length < task.attempts.length && (
        <Button size="sm" variant="subtle" className={classes.more} onClick={() => setAll(true)}>
          {inbox.allAttempts(task.attempts.length)}
        </Button>
      )}
      {task.key !== null && (
        <dl className={classes.pairs}>
          <div>
            <dt>{inbox.key}</dt>
            <dd className={classes.key}>{task.key}</dd>
          </div>
        </dl>
      )}
      {task.solved && <p className={classes.dim}>{inbox.solved}</p>}
      {task.cluster && taskId && <Cluster cluster={task.cluster} taskId={taskId} />}
      <details className={classes.statement}>
        <summary>{inbox.statement}</summary>
        <Prose html={task.statementHtml} size="plain" />
      </details>
    </section>
  );
}

interface ClusterProps {
  cluster: NonNullable<NonNullable<InboxThreadDto['task']>['cluster']>;
  taskId: string;
}

/** «37 из 120 ответили 12»: one explanation may serve them all. */
function Cluster({ cluster, taskId }: ClusterProps) {
  const { inbox, clusters } = useOfficeText();
  const format = useFormat();
  return (
    <div className={classes.cluster}>
      <p>
        {clusters.head(
          format.number(cluster.students),
          format.number(Math.max(cluster.of, cluster.students)),
          answerInLine(cluster.answer) || clusters.empty,
        )}
      </p>
      {cluster.replied && <p className={classes.dim}>{inbox.replied}</p>}
      <LinkButton href={`/admin/tasks/${taskId}/answers`} size="sm" variant="default" fullWidth>
        {cluster.replied ? inbox.toReply : inbox.replyAll(cluster.students)}
      </LinkButton>
    </div>
  );
}

function StudentInfo({ student }: { student: InboxThreadDto['student'] }) {
  const { inbox } = useOfficeText();
  const format = useFormat();
  return (
    <section>
      <h3>{inbox.student}</h3>
      {student.blocked && <p className={`${layout.tag} ${classes.blocked}`}>{inbox.blocked}</p>}
      <dl className={classes.pairs}>
        {student.courses.map(({ slug, title, topicsDone, topics }) => (
          <div key={slug}>
            <dt lang="ru" className={classes.answer}>
              {setTitle(title)}
            </dt>
            <dd>
              <span className={hidden.hidden}>{inbox.topicsDone}: </span>
              <span title={inbox.topicsDone} className={hidden.nowrap}>
                {format.number(topicsDone)}/{format.number(topics)}
              </span>
            </dd>
          </div>
        ))}
        {student.courses.length === 0 && (
          <div>
            <dt>{inbox.noCourses}</dt>
            <dd>–</dd>
          </div>
        )}
        <div>
          <dt>{inbox.streak}</dt>
          <dd>{format.number(student.streak)}</dd>
        </div>
        <div>
          <dt>{inbox.localTime}</dt>
          <dd>
            <LocalTime zone={student.timeZone} />
          </dd>
        </div>
      </dl>
      <Link href={`/admin/students/${student.id}`} className={classes.profile}>
        {inbox.profile}
      </Link>
    </section>
  );
}

/** What the student's clock shows: at night nobody waits for an answer. */
function LocalTime({ zone }: { zone: string }) {
  const locale = useLocale();
  const now = useNow(60_000);
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'ru', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(now);
}
