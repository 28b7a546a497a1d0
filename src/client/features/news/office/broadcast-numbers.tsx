import { useFormat } from '#client/lib/i18n.tsx';
import { serverNow } from '#client/lib/now.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import type { NewsProgressDto } from '#shared/news.ts';
import classes from './broadcast.module.css';
import { deliveredOf, leftOf, segmentsOf } from './progress.ts';

/** Can something still be done about it? */
export const isMoving = ({ state }: NewsProgressDto) => state === 'sending' || state === 'paused';

/** «Начата в 19:31 · 28 сообщений в секунду · осталось около 3 минут» */
export function BroadcastFacts({ numbers, startedAt }: { numbers: NewsProgressDto; startedAt: string | null }) {
  const { progress: words, states } = useOfficeText().news;
  const format = useFormat();
  const { state, rate } = numbers;
  const left = leftOf(numbers);
  const started = () => {
    if (startedAt === null) return null;
    const today = format.daysAgo(startedAt) === format.daysAgo(serverNow());
    return words.startedAt(today ? `${format.locale === 'ru' ? 'в' : 'at'}\u00a0${format.time(startedAt)}` : format.dateTime(startedAt));
  };
  const parts = [
    started(),
    (state === 'done' || state === 'cancelled') && states[state],
    state === 'sending' && rate >= 1 && words.rate(Math.round(rate)),
    state === 'sending' && rate > 0 && rate < 1 && words.slow,
    left && (left.unit === 'soon' ? words.leftSoon : words.left(words[left.unit](left.n))),
  ].filter(Boolean);
  return parts.join(' · ');
}

export function BroadcastBar({ numbers }: { numbers: NewsProgressDto }) {
  const { progress: words } = useOfficeText().news;
  const format = useFormat();
  const delivered = deliveredOf(numbers);
  const { total } = numbers;
  return (
    <>
      <div
        className={classes.bar}
        role="progressbar"
        aria-label={words.bar}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={delivered}
        aria-valuetext={words.barOf(format.number(delivered), format.number(total))}
      >
        {segmentsOf(numbers).map(({ name, share }) => (
          <i key={name} className={classes[name]} style={{ width: `${share * 100}%` }} />
        ))}
      </div>
      <p className={classes.caption}>{words.sent(format.number(delivered), format.number(total))}</p>
    </>
  );
}

export function BroadcastNumbers({ numbers }: { numbers: NewsProgressDto }) {
  const { progress: words } = useOfficeText().news;
  const format = useFormat();
  const { state, telegram, email, instead, siteOnly, failed, skipped, waiting, later } = numbers;
  const shown: [number, string, boolean][] = [
    [telegram, words.telegram, true],
    [email, words.email, true],
    [instead, words.instead, true],
    [siteOnly, words.site, siteOnly > 0],
    [failed, words.failed, true],
    [skipped, state === 'cancelled' ? words.cancelled : words.skipped, skipped > 0],
    [waiting, words.waiting, isMoving(numbers) || waiting > 0],
  ];
  return (
    <>
      <dl className={classes.numbers}>
        {shown.map(
          ([number, label, on]) =>
            on && (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{format.number(number)}</dd>
              </div>
            ),
        )}
      </dl>
      {later > 0 && <p className={classes.later}>{words.later(format.number(later))}</p>}
    </>
  );
}
