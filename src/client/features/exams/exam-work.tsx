import { LongAnswerWork } from '#client/features/tasks/long-answer-work.tsx';
import { useText } from '#client/lib/i18n.tsx';
import { useMe } from '#client/lib/me.ts';
import { trpc } from '#client/lib/trpc.ts';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonText } from '#client/ui/skeleton.tsx';

/** A long answer after the exam: as it was handed in, with the points and remarks of its teacher. */
export function ExamWork({ workId }: { workId: string }) {
  const text = useText().tasks.long;
  const own = useMe()?.role !== 'moderator';
  // A teacher may be at it: the page need not be loaded anew to see so.
  const query = trpc.exams.long.work.useQuery(
    { workId },
    { staleTime: 0, refetchInterval: ({ state }) => (state.data?.work.state === 'waiting' ? 60_000 : false) },
  );
  return (
    <QueryView query={query} level={4} errorTitle={text.load} skeleton={<SkeletonText lines={2} />}>
      {({ taskId, criteria, work }) => <LongAnswerWork taskId={taskId} criteria={criteria} work={work} level={4} own={own} />}
    </QueryView>
  );
}
