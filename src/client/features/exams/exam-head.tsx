import { IconAlertCircle, IconCloudCheck, IconCloudUp, IconEye, IconEyeOff, IconWifiOff } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { deviceMemory } from '#client/lib/memory.ts';
import { useStudyText } from '#client/lib/study-text.ts';
import { Button } from '#client/ui/button.tsx';
import { icon } from '#client/ui/icon.ts';
import layout from '#client/ui/layout.module.css';
import { Mark } from '#client/ui/mark.tsx';
import type_ from '#client/ui/type.module.css';
import type { RunningAttemptDto } from '#shared/exams.ts';
import classes from './exam-head.module.css';
import type { SaveState } from './exam-saver.ts';
import { noticeMinutes, timeText } from './exam-time.ts';

interface ExamHeadProps {
  attempt: RunningAttemptDto;
  state: SaveState;
  durable: boolean;
  /** Milliseconds; null: no limit. */
  left: number | null;
  onFinish: () => void;
}

/** Nothing here leads away but the mark, and it says that the exam goes on. */
export function ExamHead({ attempt, state, durable, left, onFinish }: ExamHeadProps) {
  const text = useStudyText().exams.desk;
  const { exam, limitMinutes, number, attemptsAllowed } = attempt;
  const turn =
    attemptsAllowed === 1 ? text.onlyAttempt : attemptsAllowed === null ? text.attempt(number) : text.attemptOf(number, attemptsAllowed);
  const soon = left === null ? null : noticeMinutes(left);
  return (
    <div className={`${layout.wrap} ${classes.inner}`}>
      <Link href="/" className={classes.mark} aria-label={text.toHome}>
        <Mark size={24} />
      </Link>
      <div className={classes.words}>
        <p className={classes.title}>{exam.title}</p>
        <p className={classes.about}>{text.about(limitMinutes, turn)}</p>
        {/* In the place of the title for a while: it covers nothing and moves nothing. */}
        <p className={classes.notice} role="status">
          {soon !== null && (
            <span>
              {text.time.notice(soon)} <span className={classes.saves}>{text.time.noticeSaves}</span>
            </span>
          )}
        </p>
      </div>
      <SaveLine state={state} durable={durable} />
      {left !== null && <Timer left={left} />}
      <Button variant="default" className={classes.finish} onClick={onFinish}>
        {text.finish}
      </Button>
    </div>
  );
}

const signs: Record<SaveState, typeof IconCloudCheck> = {
  saved: IconCloudCheck,
  saving: IconCloudUp,
  retrying: IconAlertCircle,
  offline: IconWifiOff,
  'signed-out': IconAlertCircle,
  choose: IconAlertCircle,
};

function SaveLine({ state, durable }: { state: SaveState; durable: boolean }) {
  const { save } = useStudyText().exams.desk;
  const here = state === 'offline' || state === 'signed-out';
  const words = here && !durable ? save.offlineFragile : save[state];
  const fine = state === 'saved' || state === 'saving';
  const Sign = signs[state];
  return (
    <>
      <p className={classes.saved} data-fine={fine || undefined} data-state={state}>
        <Sign {...icon.md} />
        <span>{words}</span>
      </p>
      {/* Spoken once for each failure, not for each key. */}
      <p className={type_.hidden} role="status">
        {!fine && words}
      </p>
    </>
  );
}

const memoryKey = 'exam.time';

function Timer({ left }: { left: number }) {
  const { time } = useStudyText().exams.desk;
  const [hidden, setHidden] = useState(() => deviceMemory.read(memoryKey) === 'hidden');
  const Eye = hidden ? IconEye : IconEyeOff;
  const toggle = () => {
    setHidden(!hidden);
    deviceMemory.write(memoryKey, hidden ? null : 'hidden');
  };
  return (
    <div className={classes.timer}>
      <button type="button" className={classes.toggle} title={hidden ? time.show : time.hide} onClick={toggle}>
        {time.left}
        <Eye size={14} stroke={2} aria-hidden />
        <span className={type_.hidden}>, {hidden ? time.show : time.hide}</span>
      </button>
      {hidden ? (
        <span className={classes.away}>{time.hidden}</span>
      ) : (
        <b role="timer" aria-live="off" aria-label={time.spoken(Math.max(0, Math.ceil(left / 60_000)))}>
          {timeText(left)}
        </b>
      )}
    </div>
  );
}
