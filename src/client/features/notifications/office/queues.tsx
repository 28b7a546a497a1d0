import { useFormat } from '#client/lib/i18n.tsx';
import { useNow } from '#client/lib/now.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import type_ from '#client/ui/type.module.css';
import type { DeliveryOverviewDto } from '#shared/notifications.ts';
import classes from './delivery.module.css';
import { useWaited } from './use-waited.ts';

/** What waits and what went, by channel. */
export function Queues({ queues }: { queues: DeliveryOverviewDto['queues'] }) {
  const { queues: words } = useOfficeText().delivery;
  const format = useFormat();
  const waited = useWaited();
  const now = useNow(10_000);
  return (
    <section className={classes.section} aria-labelledby="delivery-queues">
      <h2 id="delivery-queues">{words.title}</h2>
      <table className={classes.table}>
        <caption className={type_.hidden}>{words.table}</caption>
        <thead>
          <tr>
            <th scope="col">{words.channel}</th>
            <th scope="col">{words.due}</th>
            <th scope="col">{words.oldest}</th>
            <th scope="col">{words.later}</th>
            <th scope="col">{words.sent}</th>
            <th scope="col">{words.failed}</th>
          </tr>
        </thead>
        <tbody>
          {queues.map(({ channel, due, later, oldestDueAt, failedToday, sentToday }) => (
            <tr key={channel}>
              <th scope="row">{words.channels[channel]}</th>
              <td data-label={words.due}>{format.number(due)}</td>
              <td data-label={words.oldest}>{oldestDueAt ? waited(oldestDueAt, now) : words.none}</td>
              <td data-label={words.later}>{format.number(later)}</td>
              <td data-label={words.sent}>{format.number(sentToday)}</td>
              <td data-label={words.failed} className={failedToday > 0 ? classes.failed : undefined}>
                {format.number(failedToday)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={classes.help}>{words.laterHelp}</p>
    </section>
  );
}
