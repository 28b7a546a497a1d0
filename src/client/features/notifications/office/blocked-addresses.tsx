import { useState } from 'react';
import { Link } from 'wouter';
import { ShowMore } from '#client/features/office/list/show-more.tsx';
import { say } from '#client/features/office/undo.tsx';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { BlockedAddressesDto } from '#shared/notifications.ts';
import classes from './delivery.module.css';

/** Addresses that take no letters, with what their server said; writing to them can be tried once more. */
export function BlockedAddresses() {
  const { blocked: words } = useOfficeText().delivery;
  const list = trpc.notifications.office.blocked.useInfiniteQuery({}, { getNextPageParam: (page) => page.nextCursor ?? undefined });
  return (
    <section className={classes.section} aria-labelledby="delivery-blocked">
      <h2 id="delivery-blocked">{words.title}</h2>
      <p className={classes.help}>{words.help}</p>
      <div className={classes.blocked}>
        <QueryView query={list} skeleton={<SkeletonBlock height={88} />} errorTitle={words.failed} level={3}>
          {({ pages }) => {
            const rows = pages.flatMap((page) => page.items);
            if (rows.length === 0) {
              return (
                <EmptyState title={words.empty} level={3}>
                  {words.emptyText}
                </EmptyState>
              );
            }
            return (
              <>
                <ul className={layout.list}>
                  {rows.map((row) => (
                    <Address key={row.email} row={row} />
                  ))}
                </ul>
                <p className={classes.help}>{words.note}</p>
                <ShowMore list={list} />
              </>
            );
          }}
        </QueryView>
      </div>
    </section>
  );
}

function Address({ row: { email, reason, answer, blockedAt, person } }: { row: BlockedAddressesDto['items'][number] }) {
  const { blocked: words } = useOfficeText().delivery;
  const text = useText();
  const format = useFormat();
  const utils = trpc.useUtils();
  const unblock = trpc.notifications.office.unblock.useMutation({
    async onSuccess() {
      say(words.unblocked(email));
      await Promise.all([utils.notifications.office.blocked.invalidate(), utils.notifications.office.overview.invalidate()]);
    },
  });
  const [pressed, press] = useState(false);
  return (
    <li className={classes.address}>
      <div className={classes.who}>
        <p className={classes.email}>{email}</p>
        <p className={classes.dim}>
          {person ? <Link href={`/admin/students/${person.id}`}>{person.name}</Link> : words.nobody}
          {' · '}
          {words.reasons[reason]}, {words.since(format.date(blockedAt))}
        </p>
        {answer && (
          <p className={classes.details}>
            {words.answer}: <code>{answer}</code>
          </p>
        )}
        <FormError>{pressed && unblock.isError && errorText(unblock.error, text, format)}</FormError>
      </div>
      <BusyButton
        type="button"
        size="sm"
        variant="default"
        busy={unblock.isPending}
        busyLabel={words.unblocking}
        label={words.unblockOf(email)}
        onClick={() => {
          press(true);
          unblock.mutate({ email });
        }}
      >
        {words.unblock}
      </BusyButton>
    </li>
  );
}
