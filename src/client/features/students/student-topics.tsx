import { useUndo } from '#client/features/office/undo.tsx';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { serverNow } from '#client/lib/now.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import { Ring } from '#client/ui/ring.tsx';
import type_ from '#client/ui/type.module.css';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { StudentTopicDto } from '#shared/students.ts';
import classes from './student-topics.module.css';
import { useStudentChange } from './use-student-change.ts';

/** The topics of a course as they stand for one student, each with what can be done about its date. */
export function StudentTopics({ topics, personId }: { topics: StudentTopicDto[]; personId: string }) {
  return (
    <ol className={classes.topics}>
      {topics.map((topic) => (
        <Topic key={topic.id} topic={topic} personId={personId} />
      ))}
    </ol>
  );
}

function Topic({ topic, personId }: { topic: StudentTopicDto; personId: string }) {
  const { courses: words, list } = useOfficeText().students;
  const text = useText();
  const format = useFormat();
  const done = useStudentChange(personId);
  const offerUndo = useUndo();
  const input = { personId, topicId: topic.id };
  const openAgain = trpc.people.students.openTopic.useMutation({ onSuccess: done });
  const closeAgain = trpc.people.students.closeTopic.useMutation({ onSuccess: done });
  const open = trpc.people.students.openTopic.useMutation({
    async onSuccess() {
      await done();
      offerUndo({ message: words.opened(topic.title), undo: () => closeAgain.mutateAsync(input) });
    },
  });
  const close = trpc.people.students.closeTopic.useMutation({
    async onSuccess() {
      await done();
      offerUndo({ message: words.closed(topic.title), undo: () => openAgain.mutateAsync(input) });
    },
  });
  // Its date has come: nothing is early any more.
  const due = Date.parse(topic.opensAt) <= serverNow();
  const error = open.error ?? close.error;
  const state = () => {
    if (due) return words.open;
    if (topic.openedEarlyAt && !topic.visited) return words.openedEarly(format.date(topic.openedEarlyAt));
    return topic.visited ? words.visited : words.opensAt(format.schoolTime(topic.opensAt));
  };
  return (
    <li className={classes.topic}>
      <span className={classes.number}>{topic.number}</span>
      <div className={classes.words}>
        <p lang="ru" className={classes.title}>
          {setTitle(topic.title)}
        </p>
        <p className={`${type_.sm} ${type_.dim}`}>{state()}</p>
        <FormError>{error && errorText(error, text, format)}</FormError>
      </div>
      {topic.tasks.total > 0 && (
        <span className={classes.tasks}>
          <Ring done={topic.tasks.done} total={topic.tasks.total} />
          <span aria-hidden="true">{list.tasksOf(format.number(topic.tasks.done), format.number(topic.tasks.total))}</span>
          <span className={type_.hidden}>{list.tasksSpoken(topic.tasks.done, topic.tasks.total)}</span>
        </span>
      )}
      <span className={classes.action}>
        {!due && !topic.open && (
          <BusyButton
            type="button"
            variant="default"
            size="sm"
            busy={open.isPending}
            busyLabel={words.opening}
            label={words.openEarlyOf(topic.title)}
            onClick={() => open.mutate(input)}
          >
            {words.openEarly}
          </BusyButton>
        )}
        {!due && topic.openedEarlyAt && !topic.visited && (
          <BusyButton
            type="button"
            variant="default"
            size="sm"
            busy={close.isPending}
            busyLabel={words.closing}
            label={words.closeAgainOf(topic.title)}
            onClick={() => close.mutate(input)}
          >
            {words.closeAgain}
          </BusyButton>
        )}
      </span>
    </li>
  );
}
