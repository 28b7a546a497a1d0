import { useNow } from '#client/lib/now.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import layout from '#client/ui/layout.module.css';
import type { DeliveryOverviewDto } from '#shared/notifications.ts';
import classes from './delivery.module.css';
import { stuckAfterMs, useWaited } from './use-waited.ts';

interface MailStateProps {
  mail: DeliveryOverviewDto['mail'];
  queue: DeliveryOverviewDto['queues'][number] | undefined;
}

/** The mail: letters go, or the oldest waits for too long. */
export function MailState({ mail: { blocked }, queue }: MailStateProps) {
  const { mail: words } = useOfficeText().delivery;
  const waited = useWaited();
  const now = useNow(10_000);
  const oldest = queue?.oldestDueAt ?? null;
  const stuck = oldest !== null && now - Date.parse(oldest) > stuckAfterMs;
  return (
    <section className={layout.card} aria-labelledby="delivery-mail">
      <div className={classes.head}>
        <h2 id="delivery-mail">{words.title}</h2>
        <span role="status" className={`${layout.tag} ${stuck ? classes.warn : layout.tagBoard}`}>
          {stuck ? words.stuck : words.working}
        </span>
      </div>
      {stuck && <p className={classes.text}>{words.stuckText(waited(oldest, now))}</p>}
      <p className={classes.text}>{words.blocked(blocked)}</p>
    </section>
  );
}
