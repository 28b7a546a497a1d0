import { say } from '#client/features/office/undo.tsx';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import { NoteBox } from '#client/ui/note-box.tsx';
import type { PaymentsOverviewDto } from '#shared/payments-office.ts';
import { copyText } from './copy-text.ts';
import page from './payment-page.module.css';
import shared from './payments.module.css';
import classes from './providers.module.css';

type Provider = PaymentsOverviewDto['providers'][number];

/** One acquirer: does it take money now, and the addresses for its cabinet. */
export function ProviderCard({ provider }: { provider: Provider }) {
  const { payments } = useOfficeText();
  const { providers: words } = payments;
  const format = useFormat();
  const { id, test, currencies, stoppedAt, stoppedBy, lastEventAt } = provider;
  const name = payments.provider[id];
  return (
    <section className={`${layout.card} ${classes.card}`} aria-labelledby={`provider-${id}`}>
      <div className={layout.between}>
        <h2 id={`provider-${id}`}>{name}</h2>
        <span role="status" className={layout.row}>
          {test && <span className={`${layout.tag} ${shared.warn}`}>{words.test}</span>}
          <span className={`${layout.tag} ${stoppedAt ? shared.bad : layout.tagBoard}`}>{stoppedAt ? words.stopped : words.works}</span>
        </span>
      </div>
      {test && <p className={shared.small}>{words.testText}</p>}
      {stoppedAt && (
        <NoteBox tone="warn">
          {stoppedBy ? words.stoppedBy(stoppedBy, format.dateTime(stoppedAt)) : words.stoppedSince(format.dateTime(stoppedAt))}{' '}
          {words.stoppedText}
        </NoteBox>
      )}
      <dl className={page.facts}>
        <div>
          <dt>{words.currencies}</dt>
          <dd>{currencies.join(', ')}</dd>
        </div>
        <div>
          <dt>{words.lastEvent}</dt>
          <dd>{lastEventAt ? format.ago(lastEventAt) : words.noEvents}</dd>
        </div>
      </dl>
      <Switch id={id} name={name} stopped={stoppedAt !== null} />
      <Webhooks provider={provider} />
    </section>
  );
}

/** What is under way goes on, so that one press is enough, and another takes it back. */
function Switch({ id, name, stopped }: { id: Provider['id']; name: string; stopped: boolean }) {
  const { providers: words } = useOfficeText().payments;
  const text = useText();
  const format = useFormat();
  const utils = trpc.useUtils();
  const read = () => utils.payments.office.overview.invalidate();
  const stop = trpc.payments.office.stop.useMutation({
    async onSuccess() {
      await read();
      say(words.nowStopped(name));
    },
  });
  const start = trpc.payments.office.start.useMutation({
    async onSuccess() {
      await read();
      say(words.nowStarted(name));
    },
  });
  const change = stopped ? start : stop;
  return (
    <div>
      <BusyButton
        type="button"
        size="sm"
        variant="default"
        busy={stop.isPending || start.isPending}
        busyLabel={stopped ? words.starting : words.stopping}
        label={stopped ? words.startOf(name) : words.stopOf(name)}
        onClick={() => change.mutate({ provider: id })}
      >
        {stopped ? words.start : words.stop}
      </BusyButton>
      <FormError>{change.error && errorText(change.error, text, format)}</FormError>
    </div>
  );
}

function Webhooks({ provider: { id, webhooks } }: { provider: Provider }) {
  const { providers: words } = useOfficeText().payments;
  const local = webhooks.some(({ url }) => /^https?:\/\/(localhost|127\.)/.test(url));
  return (
    <div className={classes.webhooks}>
      <h3>{words.webhooks}</h3>
      <p className={shared.small}>{words.webhooksHelp[id]}</p>
      {local && <NoteBox tone="warn">{words.local}</NoteBox>}
      <ul className={layout.list}>
        {webhooks.map(({ name, url }) => (
          <li key={url} className={classes.webhook}>
            <div className={classes.address}>
              <p className={shared.small}>{name}</p>
              <code className={shared.code}>{url}</code>
            </div>
            <Button
              size="sm"
              variant="default"
              aria-label={words.copyOf(name)}
              onClick={async () => say((await copyText(url)) ? words.copied : words.copyFailed)}
            >
              {words.copy}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
