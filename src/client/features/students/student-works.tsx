import { Link } from 'wouter';
import { useUndo } from '#client/features/office/undo.tsx';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import type_ from '#client/ui/type.module.css';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { StudentWorkDto } from '#shared/students.ts';
import classes from './student-works.module.css';

/** The long answers of a student; nothing where there are none. */
export function StudentWorks({ personId }: { personId: string }) {
  const { answers: words } = useOfficeText().students;
  const text = useText();
  const format = useFormat();
  const works = trpc.people.students.works.useQuery({ personId });
  if (works.isError) return <FormError>{errorText(works.error, text, format)}</FormError>;
  if (!works.data || works.data.length === 0) return null;
  return (
    <section className={classes.works} aria-labelledby="works">
      <h2 id="works" className={type_.h3}>
        {words.works}
      </h2>
      <ul className={`${layout.list} ${classes.list}`}>
        {works.data.map((work) => (
          <WorkRow key={work.id} work={work} personId={personId} />
        ))}
      </ul>
    </section>
  );
}

function WorkRow({ work, personId }: { work: StudentWorkDto; personId: string }) {
  const { answers: words } = useOfficeText().students;
  const text = useText();
  const format = useFormat();
  const offerUndo = useUndo();
  const input = { personId, taskId: work.taskId };
  const takeBack = trpc.reviews.revokeExtra.useMutation();
  const give = trpc.reviews.grantExtra.useMutation({
    onSuccess: () => offerUndo({ message: words.extraGiven(work.taskTitle), undo: () => takeBack.mutateAsync(input) }),
  });
  const state = words.state[work.state];
  return (
    <li className={classes.work}>
      <div className={classes.words}>
        <Link lang="ru" href={`/admin/review/${work.id}`}>
          {setTitle(work.taskTitle)}
        </Link>
        <p className={`${type_.sm} ${type_.dim}`}>
          {setTitle(work.courseTitle)} · {setTitle(work.topicTitle)}
        </p>
        <p className={`${type_.sm} ${type_.dim}`}>
          {words.round(work.round)}, {format.dateTime(work.handedInAt)}
        </p>
        <FormError>{give.error && errorText(give.error, text, format)}</FormError>
      </div>
      <p className={type_.sm}>
        {work.state === 'accepted' && work.points !== null ? `${state}: ${words.points(work.points, work.maxPoints)}` : state}
      </p>
      {work.state === 'accepted' && (
        <BusyButton
          type="button"
          variant="default"
          size="sm"
          busy={give.isPending}
          busyLabel={words.extraGiving}
          label={words.extraOf(work.taskTitle)}
          onClick={() => give.mutate(input)}
        >
          {words.extra}
        </BusyButton>
      )}
    </li>
  );
}
