import { useState } from 'react';
import { Link } from 'wouter';
import { say } from '#client/features/office/undo.tsx';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Button } from '#client/ui/button.tsx';
import table from '#client/ui/table.module.css';
import type_ from '#client/ui/type.module.css';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { SubscriptionRowDto } from '#shared/payments-office.ts';
import { money } from './money.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import classes from './subscription-table.module.css';

/** A table; on a phone each subscription is a small card of its own. */
export function SubscriptionTable({ rows }: { rows: SubscriptionRowDto[] }) {
  const { subscriptions: words } = useOfficeText().payments;
  const { column } = words;
  return (
    <table className={`${table.table} ${classes.table}`}>
      <caption className={type_.hidden}>{words.table}</caption>
      <thead>
        <tr>
          <th scope="col">{column.person}</th>
          <th scope="col">{column.course}</th>
          <th scope="col" className={classes.sum}>
            {column.sum}
          </th>
          <th scope="col">{column.next}</th>
          <th scope="col">
            <span className={type_.hidden}>{column.act}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row }: { row: SubscriptionRowDto }) {
  const { payments } = useOfficeText();
  const { subscriptions: words } = payments;
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  const utils = trpc.useUtils();
  const end = trpc.payments.office.endSubscription.useMutation({
    async onSuccess() {
      say(words.ended);
      await Promise.all([utils.payments.office.subscriptions.invalidate(), utils.payments.office.overview.invalidate()]);
    },
  });
  const { id, person, title, courseSlug, amountMinor, currency, mask, provider, periods, state, cancelledAt } = row;
  const name = person?.name ?? payments.noPerson;
  return (
    <tr>
      <td className={classes.who}>
        {person ? (
          <Link href={`/admin/students/${person.id}?tab=payments`}>{person.name}</Link>
        ) : (
          <span className={classes.dim}>{name}</span>
        )}
        {person && <span className={classes.dim}>{person.email}</span>}
      </td>
      <td className={classes.what}>
        {courseSlug ? (
          <Link lang="ru" href={`/admin/courses/${courseSlug}`}>
            {setTitle(title)}
          </Link>
        ) : (
          setTitle(title)
        )}
        <span className={classes.dim}>{words.periods(periods)}</span>
      </td>
      <td className={classes.sum}>
        {money(format, amountMinor, currency)}
        <span className={classes.dim}>
          {payments.provider[provider]}, {mask ?? words.noCard}
        </span>
      </td>
      <td className={classes.next}>
        <Next row={row} />
      </td>
      <td className={classes.act}>
        {state !== 'ended' && cancelledAt === null && (
          <Button size="sm" variant="default" aria-label={words.endOf(name, title)} onClick={() => setAsking(true)}>
            {words.end}
          </Button>
        )}
        {asking && (
          <ReasonDialog
            title={words.endTitle}
            note={words.endText(name, title)}
            label={words.endReason}
            help={words.endReasonHelp}
            needed={words.endReasonNeeded}
            submitLabel={words.endSubmit}
            keepLabel={words.keep}
            busyLabel={words.ending}
            onSubmit={(reason) => end.mutateAsync({ id, reason })}
            onClose={() => setAsking(false)}
          />
        )}
      </td>
    </tr>
  );
}

/** What comes next: a charge, the end of what is paid, or nothing any more. */
function Next({
  row: { state, cancelledAt, paidUntil, nextChargeAt, openUntil, charging, tries, endReason },
}: {
  row: SubscriptionRowDto;
}) {
  const { next: words, endReasons } = useOfficeText().payments.subscriptions;
  const format = useFormat();
  if (state === 'ended') {
    return (
      <>
        {paidUntil ? words.ended(format.date(paidUntil)) : words.over}
        {endReason && <span className={classes.dim}>{endReasons[endReason] ?? endReason}</span>}
      </>
    );
  }
  if (charging) return words.charging;
  if (cancelledAt) return paidUntil ? words.open(format.date(paidUntil)) : words.over;
  if (state === 'past_due') return openUntil ? words.due(tries, format.date(openUntil)) : words.dueBare(tries);
  return nextChargeAt ? words.charge(format.date(nextChargeAt)) : paidUntil ? words.open(format.date(paidUntil)) : null;
}
