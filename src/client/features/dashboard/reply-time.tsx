import { Fragment } from 'react';
import { useOfficeText } from '#client/lib/office-text.ts';
import { justSent } from '#client/lib/sent.ts';
import { trpc } from '#client/lib/trpc.ts';
import { LinkButton } from '#client/ui/link-button.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import { replyLines } from '#shared/i18n/lines/replies.ts';
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

function Answers({ data }: { data: ReplyTimeDto }) {
  const text = useOfficeText();
  return (
    <>
      {replyLines(data, text).map(({ lead, note }) => (
        <Fragment key={note}>
          {lead !== undefined && <p className={classes.lead}>{lead}</p>}
          <p className={classes.note}>{note}</p>
        </Fragment>
      ))}
      {data.waiting > 0 && (
        <LinkButton href="/admin/inbox" size="sm" className={classes.action}>
          {text.dashboard.questions.toInbox}
        </LinkButton>
      )}
    </>
  );
}
