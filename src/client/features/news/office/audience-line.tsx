import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { offline } from '#client/lib/online.ts';
import type { AudienceCountDto } from '#shared/news.ts';
import classes from './composer.module.css';
import type { NewsFields } from './news-fields.ts';
import { type AudienceCount, reachedOf } from './use-audience-count.ts';

/** «10 412 учеников: 7 980 в Telegram, 2 432 по почте» */
export function CountWords({ count }: { count: AudienceCountDto }) {
  const { count: words } = useOfficeText().news;
  const format = useFormat();
  if (count.total === 0) return words.none;
  const parts = [
    count.telegram > 0 && words.telegram(format.number(count.telegram)),
    count.email > 0 && words.email(format.number(count.email)),
    count.siteOnly > 0 && words.siteOnly(format.number(count.siteOnly)),
    count.nobody > 0 && words.nobody(format.number(count.nobody)),
  ].filter((part) => part !== false);
  return (
    <>
      <b>{words.students(reachedOf(count))}</b>: {parts.join(', ')}
    </>
  );
}

/** Whom it would reach, under the choice of whom. */
export function AudienceLine({ fields, audience }: { fields: NewsFields; audience: AudienceCount }) {
  const { count: words } = useOfficeText().news;
  const unreachable = offline.use() !== null;
  const why = { course: words.chooseCourse, inactive: words.chooseDays, list: words.fillList, all: words.loading };
  const said = () => {
    if (!audience.ready) return why[fields.audience];
    if (audience.failed) {
      return (
        <>
          {words.failed}.{' '}
          <button type="button" className={classes.textButton} onClick={audience.again}>
            {words.again}
          </button>
        </>
      );
    }
    if (!audience.before) return words.loading;
    return (
      <span className={audience.count ? undefined : classes.pale}>
        <CountWords count={audience.before} />
        {unreachable && <span className={classes.staleCount}> {words.stale}</span>}
      </span>
    );
  };
  return (
    <p className={classes.count} role="status" aria-busy={audience.ready && !audience.count}>
      {said()}
    </p>
  );
}
