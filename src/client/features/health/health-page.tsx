import { IconAlertTriangle, IconCircleCheck, IconCircleMinus, IconCircleX } from '@tabler/icons-react';
import { OfficePage } from '#client/features/office/office-page.tsx';
import { useFormat, useLocale } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { icon } from '#client/ui/icon.ts';
import layout from '#client/ui/layout.module.css';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { Check, CheckState } from '#shared/health.ts';
import classes from './health.module.css';

const refreshMs = 60_000;

/** What works and what does not, the broken first, each with what to do about it. */
export function HealthPage() {
  const { health: words } = useOfficeText();
  const format = useFormat();
  const locale = useLocale();
  const query = trpc.health.get.useQuery({ locale }, { staleTime: 0, refetchInterval: refreshMs });
  return (
    <OfficePage title={words.title} facts={query.data && <span>{words.checkedAt(format.time(query.data.checkedAt))}</span>}>
      <QueryView query={query} skeleton={<SkeletonBlock height={480} radius={12} />} errorTitle={words.load}>
        {({ checks }) => (
          <>
            <p role="status" className={classes.verdict}>
              {verdict(checks, words)}
            </p>
            <ul className={`${layout.list} ${classes.checks}`}>
              {inOrder(checks).map((check) => (
                <Row key={check.name} check={check} />
              ))}
            </ul>
            <div className={classes.foot}>
              <BusyButton
                type="button"
                variant="default"
                busy={query.isFetching}
                busyLabel={words.checking}
                onClick={() => query.refetch()}
              >
                {words.again}
              </BusyButton>
              <p>{words.command}</p>
            </div>
          </>
        )}
      </QueryView>
    </OfficePage>
  );
}

const order: readonly CheckState[] = ['failed', 'warning', 'ok', 'off'];

function inOrder(checks: readonly Check[]): Check[] {
  return order.flatMap((state) => checks.filter((check) => check.state === state));
}

function verdict(checks: readonly Check[], words: ReturnType<typeof useOfficeText>['health']): string {
  const count = (wanted: CheckState) => checks.filter(({ state }) => state === wanted).length;
  const [failed, warnings] = [count('failed'), count('warning')];
  const said = [...(failed > 0 ? [words.failed(failed)] : []), ...(warnings > 0 ? [words.warnings(warnings)] : [])];
  return said.length === 0 ? words.well : `${said.join('. ')}.`;
}

function Row({ check: { title, state, detail, advice } }: { check: Check }) {
  const { health: words } = useOfficeText();
  return (
    <li className={classes.check} data-state={state}>
      <Sign state={state} />
      <div className={classes.text}>
        <h2>
          {title} <span className={classes.state}>{words.states[state]}</span>
        </h2>
        <p>{detail}</p>
        {advice && (
          <p className={classes.advice}>
            <b>{words.advice}:</b> {advice}
          </p>
        )}
      </div>
    </li>
  );
}

function Sign({ state }: { state: CheckState }) {
  switch (state) {
    case 'ok':
      return <IconCircleCheck {...icon.md} />;
    case 'warning':
      return <IconAlertTriangle {...icon.md} />;
    case 'failed':
      return <IconCircleX {...icon.md} />;
    case 'off':
      return <IconCircleMinus {...icon.md} />;
  }
}
