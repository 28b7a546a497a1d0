import { useOfficeText } from '#client/lib/office-text.ts';
import { justSent } from '#client/lib/sent.ts';
import { trpc } from '#client/lib/trpc.ts';
import { LinkButton } from '#client/ui/link-button.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { ReplyTimeDto } from '#shared/inbox.ts';
import classes from './dashboard.module.css';

/** Questions that wait, and how fast students are answered. Asked for by itself: it changes by the minute, the numbers beside it by the day. */
export function ReplyTime() {
  const { questions } = useOfficeText().dashboard;
  const query = trpc.chat.inbox.replyTime.useQuery(undefined, { staleTime: justSent, refetchInterval: 60_000 });
  return (
    <section aria-labelledby="dashboard-questions">
      <h2 id="dashboard-questions">{questions.title}</h2>
      <QueryView query={query} skeleton={<SkeletonBlock height={140} radius={12} />} errorTitle={questions.load} level={3}>
        {(data) => <Answers data={data} />}
      </QueryView>
    </section>
  );
}

function Answers({ data: { waiting, longestWaitMinutes, medianMinutes, answers } }: { data: ReplyTimeDto }) {
  const { dashboard, inbox } = useOfficeText();
  const { questions } = dashboard;
  return (
    <>
      <p className={classes.lead}>{waiting === 0 ? questions.none : questions.waiting(waiting)}</p>
      <p className={classes.note}>
        {longestWaitMinutes === null ? questions.noneText : questions.longest(inbox.wait(Math.max(1, longestWaitMinutes)))}
      </p>
      {medianMinutes === null ? (
        <p className={classes.note}>{questions.noAnswers}</p>
      ) : (
        <>
          <p className={classes.lead}>{questions.median(inbox.wait(medianMinutes))}</p>
          <p className={classes.note}>{questions.medianNote(answers)}</p>
        </>
      )}
      {waiting > 0 && (
        <LinkButton href="/admin/inbox" size="sm" className={classes.action}>
          {questions.toInbox}
        </LinkButton>
      )}
    </>
  );
}
