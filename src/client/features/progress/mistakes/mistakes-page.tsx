import { useEffect, useState } from 'react';
import { useFormat } from '#client/lib/i18n.tsx';
import { goToAnchor } from '#client/lib/navigation.ts';
import { usePageTitle } from '#client/lib/page.ts';
import { openedAnewUnlessSent } from '#client/lib/sent.ts';
import { useStudyText } from '#client/lib/study-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import layout from '#client/ui/layout.module.css';
import { LinkButton } from '#client/ui/link-button.tsx';
import { ProgressBar } from '#client/ui/progress-bar.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock, SkeletonText } from '#client/ui/skeleton.tsx';
import { mistakesADay } from '#shared/mistake-rules.ts';
import type { MistakesDto } from '#shared/mistakes.ts';
import { MistakeCard } from './mistake-card.tsx';
import classes from './mistakes.module.css';
import { useMistakeAnswers } from './use-mistake-answers.ts';
import { isTomorrow, mergeCards } from './view.ts';

/** «Ошибки на сегодня»: the tasks that came back, one under the other. */
export function MistakesPage() {
  const { mistakes: words } = useStudyText();
  const query = trpc.progress.mistakes.today.useQuery(undefined, { refetchOnMount: openedAnewUnlessSent });
  // Those of an earlier visit are not shown while today's are on their way; later ones come under those that one has in hand.
  const [askedAtFirst] = useState(query.isFetching);
  const outdated = askedAtFirst && query.isFetching && !query.isFetchedAfterMount;
  usePageTitle(words.title);
  return (
    <div className={layout.wrap}>
      <h1>{words.title}</h1>
      <p className={classes.rule}>{words.rule}</p>
      <QueryView
        query={outdated ? { ...query, data: undefined } : query}
        level={2}
        errorTitle={words.failed}
        skeleton={<MistakesSkeleton />}
      >
        {(data) => <Mistakes data={data} onDone={query.refetch} />}
      </QueryView>
    </div>
  );
}

function Mistakes({ data, onDone }: { data: MistakesDto; onDone: () => unknown }) {
  const { mistakes: words } = useStudyText();
  const answers = useMistakeAnswers();
  const sent = answers.byTask.use();
  const [shown, setShown] = useState(() => mergeCards(null, data, () => false));
  const [read, setRead] = useState(data);
  if (read !== data) {
    setRead(data);
    setShown(mergeCards(shown, data, (taskId) => sent[taskId] !== undefined));
  }
  // What this tab remembers of an earlier visit, or of yesterday, is about an earlier return of the task.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the day is the event itself
  useEffect(() => answers.forgetAnswered(), [answers, shown.today]);
  const isDone = (taskId: string) => {
    const one = sent[taskId];
    return one?.phase === 'answered' && one.result.outcome === 'graded';
  };
  // The server has counted what was answered before the list was read; the rest is counted here.
  const done = data.doneToday + data.due.filter(({ taskId }) => isDone(taskId)).length;
  const total = data.doneToday + data.due.length;
  const allDone = done >= total && data.due.length > 0;
  // When it goes on is known by the server.
  useEffect(() => {
    if (allDone) void onDone();
  }, [allDone, onDone]);

  if (total === 0 && shown.cards.length === 0) return <Nothing data={data} />;

  function goOn(fromId: string): void {
    const at = shown.cards.findIndex(({ taskId }) => taskId === fromId);
    const order = [...shown.cards.slice(at + 1), ...shown.cards.slice(0, at)];
    const next = order.find(({ taskId }) => !isDone(taskId));
    goToAnchor(next ? `mistake-${next.taskId}` : 'mistakes-done');
    if (next && window.matchMedia('(pointer: fine)').matches) {
      document.getElementById(`mistake-${next.taskId}`)?.querySelector<HTMLInputElement>('form input')?.focus({ preventScroll: true });
    }
  }

  return (
    <>
      <ProgressBar done={done} total={total} caption={words.done(done, total)} className={classes.progress} />
      {shown.cards.map((mistake) => (
        <MistakeCard key={`${mistake.taskId} ${mistake.dueOn}`} mistake={mistake} today={shown.today} onNext={() => goOn(mistake.taskId)} />
      ))}
      {done >= total ? (
        <div id="mistakes-done" className={classes.end}>
          <EmptyState title={words.allDone} action={<LinkButton href="/">{words.toHome}</LinkButton>}>
            <Next data={data} none={words.allDoneNothing} />
          </EmptyState>
        </div>
      ) : (
        data.dueTotal > data.due.length && <p className={classes.later}>{words.later(data.dueTotal - data.due.length, mistakesADay)}</p>
      )}
    </>
  );
}

function Nothing({ data }: { data: MistakesDto }) {
  const { mistakes: words } = useStudyText();
  return (
    <EmptyState title={words.empty} action={<LinkButton href="/courses">{words.toCourses}</LinkButton>} className={classes.end}>
      <Next data={data} none={words.emptyNever} />
    </EmptyState>
  );
}

function Next({ data: { today, nextOn }, none }: { data: MistakesDto; none: string }) {
  const { mistakes: words } = useStudyText();
  const format = useFormat();
  if (nextOn === null) return none;
  return isTomorrow(nextOn, today) ? words.emptyNextTomorrow : words.emptyNext(format.day(nextOn));
}

function MistakesSkeleton() {
  return (
    <>
      <SkeletonBlock height={8} mt={24} width={320} />
      {[0, 1].map((place) => (
        <div key={place} className={classes.skeleton}>
          <SkeletonBlock height={24} width="50%" />
          <SkeletonText lines={3} lineHeight={28} mt={16} />
          <SkeletonBlock height={44} mt={24} radius={8} />
          <SkeletonBlock height={72} mt={16} radius={8} />
        </div>
      ))}
    </>
  );
}
