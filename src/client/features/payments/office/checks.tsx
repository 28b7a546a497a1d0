import { useState } from 'react';
import { say } from '#client/features/office/undo.tsx';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import { checkKinds } from '#shared/payments-office.ts';
import classes from './issues.module.css';
import shared from './payments.module.css';

type Kind = (typeof checkKinds)[number];
type Look = NonNullable<ReturnType<typeof useChecks>['data']>[number];

const useChecks = () =>
  trpc.payments.office.checks.useQuery(undefined, {
    staleTime: 0,
    // One that runs is looked after; the others come every five minutes.
    refetchInterval: ({ state }) => (state.data?.some(({ finishedAt }) => finishedAt === null) ? 2000 : 30_000),
  });

/** The last looks at the books, by kind; each can be had at once. */
export function Checks() {
  const { checks: words } = useOfficeText().payments.issues;
  const query = useChecks();
  return (
    <section className={classes.section} aria-labelledby="checks">
      <h2 id="checks">{words.title}</h2>
      <QueryView query={query} skeleton={<SkeletonBlock height={240} />} errorTitle={words.load} level={3}>
        {(looks) => (
          <ul className={layout.list}>
            {checkKinds.map((kind) => (
              <Check key={kind} kind={kind} looks={looks.filter((look) => look.kind === kind)} />
            ))}
          </ul>
        )}
      </QueryView>
    </section>
  );
}

function Check({ kind, looks }: { kind: Kind; looks: Look[] }) {
  const { checks: words } = useOfficeText().payments.issues;
  const text = useText();
  const format = useFormat();
  const utils = trpc.useUtils();
  const [pressed, press] = useState(false);
  const run = trpc.payments.office.runCheck.useMutation({
    async onSuccess() {
      say(words.started);
      await utils.payments.office.checks.invalidate();
    },
  });
  return (
    <li className={classes.check}>
      <div className={classes.what}>
        <p>
          <b>{words.kinds[kind]}</b>, <span className={shared.dim}>{words.every[kind]}</span>
        </p>
        {looks.length === 0 && <p className={shared.small}>{words.never}</p>}
        {looks.map((look) => (
          <LookLine key={`${look.provider} ${look.startedAt}`} look={look} />
        ))}
        <FormError>{pressed && run.error && errorText(run.error, text, format)}</FormError>
      </div>
      {kind !== 'registry' && (
        <BusyButton
          type="button"
          size="sm"
          variant="default"
          busy={run.isPending}
          busyLabel={words.starting}
          label={words.runOf(words.kinds[kind])}
          onClick={() => {
            press(true);
            run.mutate({ kind });
          }}
        >
          {words.run}
        </BusyButton>
      )}
    </li>
  );
}

function LookLine({ look: { provider, startedAt, finishedAt, seen, found, error } }: { look: Look }) {
  const { payments } = useOfficeText();
  const { checks: words } = payments.issues;
  const format = useFormat();
  const result =
    error !== null
      ? words.failed(error)
      : finishedAt === null
        ? words.running
        : seen === 0 && found === 0
          ? words.nothing
          : `${words.seen(seen)}, ${found > 0 ? words.found(found) : words.clean}`;
  return (
    <p className={shared.small}>
      {provider ? payments.provider[provider] : words.all}, {format.ago(startedAt)}:{' '}
      <span className={error === null ? undefined : classes.failed}>{result}</span>
    </p>
  );
}
