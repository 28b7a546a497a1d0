import { useEffect, useState } from 'react';
import type { ExamClock } from './exam-clock.ts';

const second = 1000;
const minute = 60 * second;

/** «2:41:07», within the last hour «41:07». A part of a second still counts as one, so that the clock never shows zero early. */
export function timeText(left: number): string {
  const total = Math.max(0, Math.ceil(left / second));
  const pad = (n: number) => String(n).padStart(2, '0');
  const [h, m, s] = [Math.floor(total / 3600), Math.floor((total % 3600) / 60), total % 60];
  return h > 0 ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`;
}

const told = [30, 5, 1];
const toldFor = 20 * second;

/** Minutes left that are worth a word just now: at 30, 5 and 1, for a while. */
export function noticeMinutes(left: number): number | null {
  return told.find((minutes) => left <= minutes * minute && left > minutes * minute - toldFor) ?? null;
}

/** Time left by the server's clock, anew with every second; null without a deadline. */
export function useTimeLeft(clock: Pick<ExamClock, 'now'>, deadlineAt: number | null): number | null {
  const [left, setLeft] = useState(() => (deadlineAt === null ? null : deadlineAt - clock.now()));
  useEffect(() => {
    if (deadlineAt === null) return setLeft(null);
    let timer: ReturnType<typeof setTimeout>;
    const beat = () => {
      clearTimeout(timer);
      const now = deadlineAt - clock.now();
      setLeft(now);
      // On the beat: the next change of the number.
      if (now > 0) timer = setTimeout(beat, (now % second) + 5);
    };
    beat();
    // Timers of a hidden tab stand still; what it shows must be right when it is seen again.
    document.addEventListener('visibilitychange', beat);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', beat);
    };
  }, [clock, deadlineAt]);
  return left;
}
