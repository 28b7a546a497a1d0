import { useText } from '#client/lib/i18n.tsx';
import { useMe } from '#client/lib/me.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Button } from '#client/ui/button.tsx';
import { NoteBox } from '#client/ui/note-box.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { MyWorksDto } from '#shared/reviews.ts';
import type { AnswerFormatDto, TaskDto } from '#shared/tasks.ts';
import classes from './long-answer.module.css';
import { CriteriaList } from './long-answer-criteria.tsx';
import { LongAnswerForm } from './long-answer-form.tsx';
import { LongAnswerWork } from './long-answer-work.tsx';
import card from './task-card.module.css';

type Criteria = Extract<AnswerFormatDto, { kind: 'long' }>['criteria'];

interface LongAnswerProps {
  task: TaskDto;
  headingId: string;
  onNext: () => void;
}

/** Text, photos and files that a teacher grades: what is asked for, what was handed in and what became of it, and the place for the next work. */
export function LongAnswer({ task, headingId, onNext }: LongAnswerProps) {
  const text = useText().tasks.long;
  const criteria = task.format.kind === 'long' ? task.format.criteria : [];
  // A teacher may be at it: the page need not be loaded anew to see so.
  const mine = trpc.reviews.mine.useQuery(
    { taskId: task.id },
    { staleTime: 0, refetchInterval: ({ state }) => (state.data?.works[0]?.state === 'waiting' ? 60_000 : false) },
  );
  const last = mine.data?.works[0];
  return (
    <div className={card.form}>
      {/* A work that was graded shows them with its points. */}
      {!(last?.scores && mine.data?.mayHandIn === false) && <CriteriaList criteria={criteria} />}
      <QueryView query={mine} level={4} errorTitle={text.load} skeleton={<SkeletonBlock height={180} radius={8} />}>
        {(found) => <Works task={task} criteria={criteria} found={found} headingId={headingId} onNext={onNext} />}
      </QueryView>
    </div>
  );
}

interface WorksProps extends LongAnswerProps {
  criteria: Criteria;
  found: MyWorksDto;
}

function Works({ task, criteria, found, headingId, onNext }: WorksProps) {
  const words = useText().tasks;
  const text = words.long;
  const me = useMe();
  const [last, ...earlier] = found.works;
  if (me?.role === 'moderator') return <NoteBox className={classes.part}>{text.teacher}</NoteBox>;
  return (
    <>
      {last && <LongAnswerWork taskId={task.id} criteria={criteria} work={last} />}
      {found.mayHandIn ? (
        <LongAnswerForm key={last?.id} taskId={task.id} startText={found.startText} again={last !== undefined} headingId={headingId} />
      ) : (
        <Button className={classes.part} variant="default" onClick={onNext}>
          {words.next}
        </Button>
      )}
      {earlier.length > 0 && (
        <details className={classes.earlier}>
          <summary>{text.earlier(earlier.length)}</summary>
          {earlier.map((work) => (
            <section key={work.id} aria-labelledby={`${work.idPrefix}title`}>
              <h4 id={`${work.idPrefix}title`} className={classes.title}>
                {text.round(work.round)}
              </h4>
              <LongAnswerWork taskId={task.id} criteria={criteria} work={work} />
            </section>
          ))}
        </details>
      )}
    </>
  );
}
