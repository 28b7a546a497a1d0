import { useState } from 'react';
import { Link, useParams } from 'wouter';
import { appError, errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useNoticesText } from '#client/lib/notices-text.ts';
import { usePageTitle } from '#client/lib/page.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import { LinkButton } from '#client/ui/link-button.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock, SkeletonText } from '#client/ui/skeleton.tsx';
import type { NoticeKind } from '#shared/notification-rules.ts';
import classes from './unsubscribe.module.css';

/** Behind «Отписаться» in a letter, for whoever has the letter: looking changes nothing, only the button does. */
export function UnsubscribePage() {
  const { token = '' } = useParams<{ token: string }>();
  const { unsubscribe: words } = useNoticesText();
  const query = trpc.notifications.unsubscribe.look.useQuery({ token }, { staleTime: Number.POSITIVE_INFINITY });
  const unknown = query.data === null || appError(query.error)?.code === 'INPUT_INVALID';
  usePageTitle(words.title);
  return (
    <div className={`${layout.wrap} ${classes.page}`}>
      {unknown ? (
        <EmptyState
          level={1}
          title={words.unknownTitle}
          action={
            <LinkButton variant="default" href="/profile/notifications">
              {words.settings}
            </LinkButton>
          }
        >
          {words.unknown}
        </EmptyState>
      ) : (
        <QueryView query={query} level={1} errorTitle={words.failed} skeleton={<UnsubscribeSkeleton />}>
          {(found) => found && <Choice token={token} kind={found.kind} off={found.off} />}
        </QueryView>
      )}
    </div>
  );
}

function Choice({ token, kind, off }: { token: string; kind: NoticeKind; off: boolean }) {
  const text = useText();
  const { unsubscribe: words } = useNoticesText();
  const format = useFormat();
  const utils = trpc.useUtils();
  const [back, setBack] = useState(false);
  const set = trpc.notifications.unsubscribe.set.useMutation({
    onSuccess(now) {
      utils.notifications.unsubscribe.look.setData({ token }, now);
      setBack(now?.off === false);
    },
  });
  const letters = words.kinds[kind];
  return (
    <>
      <div role="status">
        <h1>{off ? words.done(letters) : back ? words.back(letters) : words.ask(letters)}</h1>
        <p className={classes.text}>{off ? words.doneText : words.askText}</p>
      </div>
      <div className={classes.foot}>
        <BusyButton
          type="button"
          variant={off ? 'default' : 'filled'}
          miw={152}
          busy={set.isPending}
          busyLabel={set.variables?.off ? words.turningOff : words.turningOn}
          onClick={() => set.mutate({ token, off: !off })}
        >
          {off ? words.on : words.off}
        </BusyButton>
        <Link href="/profile/notifications" className={classes.settings}>
          {words.settings}
        </Link>
      </div>
      <FormError>{set.error && errorText(set.error, text, format)}</FormError>
    </>
  );
}

function UnsubscribeSkeleton() {
  return (
    <>
      <SkeletonBlock width={420} height={32} mt={4} />
      <SkeletonText lines={2} mt={8} />
      <SkeletonBlock width={152} height={44} mt={24} radius={8} />
    </>
  );
}
