import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import layout from '#client/ui/layout.module.css';
import type { DeliveryOverviewDto } from '#shared/notifications.ts';
import classes from './delivery.module.css';

/** The bot: does it work, and if not, what to do about it. */
export function TelegramState({ telegram }: { telegram: DeliveryOverviewDto['telegram'] }) {
  const { telegram: words } = useOfficeText().delivery;
  const format = useFormat();
  const { state, botName, mode, trouble, details, since, linked, broken } = telegram;
  const tone = { off: undefined, waiting: classes.warn, working: layout.tagBoard, trouble: classes.bad }[state];
  return (
    <section className={layout.card} aria-labelledby="delivery-telegram">
      <div className={classes.head}>
        <h2 id="delivery-telegram">{words.title}</h2>
        <span role="status" className={[layout.tag, tone].filter(Boolean).join(' ')}>
          {words.states[state]}
        </span>
      </div>
      {botName && (
        <p>
          {words.bot(botName)}
          {mode && <span className={classes.dim}>, {words.modes[mode]}</span>}
        </p>
      )}
      {state === 'off' && (
        <div className={classes.text}>
          <p>{words.off}</p>
          <ol className={classes.steps}>
            {words.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <p className={classes.dim}>{words.docs}</p>
        </div>
      )}
      {state === 'waiting' && <p className={classes.text}>{words.waiting}</p>}
      {state === 'trouble' && (
        <div className={classes.text}>
          {trouble && <p>{words.troubles[trouble]}</p>}
          {since && <p className={classes.dim}>{words.since(format.dateTime(since))}</p>}
          {details && (
            <p className={classes.details}>
              {words.details}: <code>{details}</code>
            </p>
          )}
        </div>
      )}
      {(state !== 'off' || linked > 0) && (
        <ul className={classes.facts}>
          <li>{words.linked(linked)}</li>
          {broken > 0 && <li>{words.broken(broken)}</li>}
        </ul>
      )}
    </section>
  );
}
