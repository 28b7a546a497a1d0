import { useFormat, useText } from '#client/lib/i18n.tsx';
import { serverNow, useNow } from '#client/lib/now.ts';
import type_ from '#client/ui/type.module.css';
import { spokenMinutes } from './topic-rows.ts';

const hour = 3_600_000;

interface CountdownProps {
  opensAt: string;
  className?: string;
  /** Stands before the time: «через», «Откроется через». */
  children: (left: string) => React.ReactNode;
  /** When the instant has come and the server has not yet said «open». */
  over: React.ReactNode;
  /** Over 30 days there is no countdown. */
  far?: React.ReactNode;
}

/** Time left until a topic opens. Silent for a screen reader but at 30, 5 and 1 minute. */
export function Countdown({ opensAt, className, children, over, far = null }: CountdownProps) {
  const text = useText().courses.row;
  const format = useFormat();
  const seconds = Date.parse(opensAt) - serverNow() < hour + 60_000;
  const now = useNow(seconds ? 1000 : 30_000);
  const left = Date.parse(opensAt) - now;
  const shown = format.countdown(opensAt, now);
  const spoken = spokenMinutes(left);
  return (
    <>
      <span className={className} role="timer" aria-live="off">
        {left <= 0 ? over : shown === null ? far : children(shown)}
      </span>
      <span className={type_.hidden} role="status">
        {spoken !== null && text.timeLeft(format.wait(spoken * 60))}
      </span>
    </>
  );
}
