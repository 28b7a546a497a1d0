import { useEffect } from 'react';
import { useFormat } from '#client/lib/i18n.tsx';
import { serverNow, useNow } from '#client/lib/now.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import type { NewsPostDto } from '#shared/news.ts';
import { CountWords } from './audience-line.tsx';
import classes from './begun.module.css';
import { fieldsOf } from './news-fields.ts';
import { useAudienceCount } from './use-audience-count.ts';
import { useNewsActs } from './use-news-acts.ts';

/** How often it is looked whether it has begun, once its time has come. */
const lookMs = 3000;

/** One that waits for its time: when, for how many by now, and the way back. */
export function ScheduledCard({ post }: { post: NewsPostDto }) {
  const { scheduled: words, count: counting } = useOfficeText().news;
  const format = useFormat();
  const utils = trpc.useUtils();
  const { count } = useAudienceCount(post.id, fieldsOf(post), post.listed);
  const { busy, problem, act } = useNewsActs(post.id);
  const at = post.scheduledAt;
  const due = useNow(lookMs) >= Date.parse(at ?? new Date(serverNow()).toISOString());
  useEffect(() => {
    if (!due) return;
    const timer = setInterval(() => void utils.news.office.get.invalidate({ id: post.id }), lookMs);
    return () => clearInterval(timer);
  }, [due, utils, post.id]);
  return (
    <div className={`${layout.card} ${classes.card}`}>
      <h2 className={classes.when}>{at && words.at(format.schoolTime(at))}</h2>
      <p className={classes.text}>
        {words.whom} {count ? <CountWords count={count} /> : counting.loading}
      </p>
      <p className={classes.text}>{words.help}</p>
      <div className={classes.acts}>
        <BusyButton
          type="button"
          size="sm"
          variant="default"
          busy={busy === 'unschedule'}
          busyLabel={words.backing}
          onClick={() => void act('unschedule')}
        >
          {words.back}
        </BusyButton>
      </div>
      <FormError>{problem}</FormError>
    </div>
  );
}
