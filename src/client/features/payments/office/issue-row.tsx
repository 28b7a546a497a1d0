import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { say } from '#client/features/office/undo.tsx';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Button } from '#client/ui/button.tsx';
import { icon } from '#client/ui/icon.ts';
import { LinkButton } from '#client/ui/link-button.tsx';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { IssueDto } from '#shared/payments-office.ts';
import { detailText, issueWords, sumsText } from './issue-words.ts';
import classes from './issues.module.css';
import { money } from './money.ts';
import shared from './payments.module.css';
import { ReasonDialog } from './reason-dialog.tsx';

/** What happened, what the server did, what is left to do; and how it ended. */
export function IssueRow({ issue }: { issue: IssueDto }) {
  const { payments } = useOfficeText();
  const { issues: words } = payments;
  const format = useFormat();
  const utils = trpc.useUtils();
  const [asking, setAsking] = useState(false);
  const resolve = trpc.payments.office.resolveIssue.useMutation({
    async onSuccess() {
      say(words.done);
      await Promise.all([
        utils.payments.office.issues.invalidate(),
        utils.payments.office.overview.invalidate(),
        utils.payments.office.list.invalidate(),
        utils.payments.office.get.invalidate(),
      ]);
    },
  });
  const { id, kind, provider, orderId, orderNumber, providerPaymentId, firstSeenAt, lastSeenAt, resolvedAt, resolvedBy, note } = issue;
  const about = { ...issue, ofOrder: orderId !== null };
  const { title, what, todo } = issueWords(words, about);
  const again = Date.parse(lastSeenAt) - Date.parse(firstSeenAt) > 60_000;
  const facts = [
    payments.provider[provider],
    issue.title && setTitle(issue.title),
    providerPaymentId && words.payment(providerPaymentId),
    detailText(words, about),
    words.seen(format.dateTime(firstSeenAt)),
    again && resolvedAt === null && words.seenAgain(format.dateTime(lastSeenAt)),
  ].filter(Boolean);
  return (
    <li className={classes.issue}>
      {resolvedAt === null ? (
        <IconAlertTriangle {...icon.md} className={classes.open} />
      ) : (
        <IconCircleCheck {...icon.md} className={classes.resolved} />
      )}
      <div className={classes.what}>
        <p>
          <b>{title}</b>
          {orderId && orderNumber !== null && (
            <>
              {' · '}
              <Link href={`/admin/payments/${orderId}`}>{words.order(orderNumber)}</Link>
            </>
          )}
          {issue.person && (
            <>
              {' · '}
              <Link href={`/admin/students/${issue.person.id}?tab=courses`}>{issue.person.name}</Link>
            </>
          )}
        </p>
        <Sums issue={issue} />
        <p>{what}</p>
        {resolvedAt === null && (
          <p>
            <span className={shared.dim}>{words.todo}:</span> {todo}
          </p>
        )}
        {note && <p className={classes.note}>{note}</p>}
        <p className={shared.small}>{facts.join(' · ')}</p>
        {resolvedAt !== null && (
          <p className={shared.small}>
            {resolvedBy !== null
              ? words.by(resolvedBy, format.dateTime(resolvedAt))
              : note === null
                ? words.bySelf(format.dateTime(resolvedAt))
                : words.byGone(format.dateTime(resolvedAt))}
          </p>
        )}
      </div>
      {resolvedAt === null &&
        (kind === 'held' && orderId !== null && orderNumber !== null ? (
          // What becomes of the money is said on the order: closed here it would wait there for ever.
          <LinkButton size="sm" variant="default" href={`/admin/payments/${orderId}`} aria-label={words.decideOf(words.order(orderNumber))}>
            {words.decide}
          </LinkButton>
        ) : (
          <Button size="sm" variant="default" aria-label={words.resolveOf(title)} onClick={() => setAsking(true)}>
            {words.resolve}
          </Button>
        ))}
      {asking && (
        <ReasonDialog
          title={words.resolveTitle}
          note={words.resolveText}
          label={words.note}
          needed={words.noteNeeded}
          submitLabel={words.resolve}
          busyLabel={words.resolving}
          onSubmit={(said) => resolve.mutateAsync({ id, note: said })}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}

function Sums({ issue }: { issue: IssueDto }) {
  const { issues: words } = useOfficeText().payments;
  const format = useFormat();
  const { currency } = issue;
  const said = currency && sumsText(words, issue, (minor) => money(format, minor, currency));
  return said ? <p>{said}</p> : null;
}
