import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { useOfficeText } from '#client/lib/office-text.ts';
import { offline } from '#client/lib/online.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import { icon } from '#client/ui/icon.ts';
import layout from '#client/ui/layout.module.css';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { NewsProgressDto } from '#shared/news.ts';
import classes from './broadcast.module.css';
import { BroadcastBar, BroadcastFacts, BroadcastNumbers, isMoving } from './broadcast-numbers.tsx';
import { CancelDialog } from './cancel-dialog.tsx';
import { useNewsActs } from './use-news-acts.ts';

/** How often the numbers are asked for while they move. */
const movingMs = 1500;
const restingMs = 15_000;

interface BroadcastCardProps {
  id: string;
  title: string;
  startedAt: string | null;
  known: NewsProgressDto | null;
  /** Not on its own page: the title leads there. */
  linked?: boolean;
}

/** How far it is: numbers that move by themselves, and what can still be done. */
export function BroadcastCard({ id, title, startedAt, known, linked = false }: BroadcastCardProps) {
  const { progress: words, untitled } = useOfficeText().news;
  const utils = trpc.useUtils();
  const progress = trpc.news.office.progress.useQuery(
    { id },
    {
      ...(known ? { placeholderData: known } : {}),
      staleTime: 0,
      refetchInterval: ({ state }) =>
        state.data === undefined || state.data.state === 'sending' ? movingMs : isMoving(state.data) ? restingMs : false,
    },
  );
  const { busy, problem, act } = useNewsActs(id);
  const [asking, ask] = useState(false);
  const unreachable = offline.use() !== null;

  // Done by itself, or paused by somebody else: lists and pages that show the state ask for it.
  const state = progress.isPlaceholderData ? undefined : progress.data?.state;
  const shown = useRef(state);
  useEffect(() => {
    if (state === undefined || shown.current === state) return;
    const isFirst = shown.current === undefined;
    shown.current = state;
    if (isFirst && state === known?.state) return;
    void Promise.all([utils.news.office.list.invalidate(), utils.news.office.get.invalidate({ id })]);
  }, [state, known?.state, utils, id]);

  return (
    <article className={layout.card} aria-label={title}>
      <QueryView query={progress} skeleton={<SkeletonBlock height={220} />} errorTitle={words.failedLoad} level={3}>
        {(numbers) => (
          <>
            <div className={classes.head}>
              <div className={classes.about}>
                {linked ? (
                  <h3 className={classes.title}>
                    <Link href={`/admin/news/${id}`}>{setTitle(title) || untitled}</Link>
                  </h3>
                ) : (
                  <h2 className={classes.title}>
                    {words.heads[numbers.state === 'paused' ? 'paused' : isMoving(numbers) ? 'sending' : 'over']}
                  </h2>
                )}
                <p className={classes.facts}>
                  <BroadcastFacts numbers={numbers} startedAt={startedAt} />
                </p>
              </div>
              {isMoving(numbers) && (
                <div className={classes.acts}>
                  {numbers.state === 'paused' ? (
                    <BusyButton
                      type="button"
                      size="sm"
                      busy={busy === 'resume'}
                      busyLabel={words.acting}
                      leftSection={<IconPlayerPlay {...icon.sm} />}
                      onClick={() => void act('resume')}
                    >
                      {words.resume}
                    </BusyButton>
                  ) : (
                    <BusyButton
                      type="button"
                      size="sm"
                      variant="default"
                      busy={busy === 'pause'}
                      busyLabel={words.acting}
                      leftSection={<IconPlayerPause {...icon.sm} />}
                      onClick={() => void act('pause')}
                    >
                      {words.pause}
                    </BusyButton>
                  )}
                  <Button size="sm" variant="default" className={classes.danger} onClick={() => ask(true)}>
                    {words.cancel}
                  </Button>
                </div>
              )}
            </div>
            <BroadcastBar numbers={numbers} />
            {(unreachable || (progress.isError && !progress.isFetching)) && <p className={classes.stale}>{words.stale}</p>}
            <BroadcastNumbers numbers={numbers} />
            <FormError>{problem}</FormError>
            <p className={classes.more}>
              <Link href={`/admin/news/${id}/report`}>{words.report}</Link>
            </p>
            {asking && isMoving(numbers) && (
              <CancelDialog
                numbers={numbers}
                busy={busy === 'cancel'}
                onCancel={async () => {
                  await act('cancel');
                  ask(false);
                }}
                onClose={() => ask(false)}
              />
            )}
          </>
        )}
      </QueryView>
    </article>
  );
}
