import { useState } from 'react';
import { useLocation } from 'wouter';
import { useFormat } from '#client/lib/i18n.tsx';
import { useMe } from '#client/lib/me.ts';
import { useNow } from '#client/lib/now.ts';
import { useStudyText } from '#client/lib/study-text.ts';
import { Button } from '#client/ui/button.tsx';
import { LinkButton } from '#client/ui/link-button.tsx';
import type { ExamDto } from '#shared/exams.ts';
import classes from './exam-page.module.css';
import { timeText } from './exam-time.ts';
import { StartDialog } from './start-dialog.tsx';

/** The one button, or why there is none. */
export function ExamDoor({ exam }: { exam: ExamDto }) {
  const text = useStudyText().exams.page;
  const format = useFormat();
  const me = useMe();
  const [, navigate] = useLocation();
  const [asking, setAsking] = useState(false);
  if (me?.role === 'moderator') return <p className={classes.reason}>{text.teacher}</p>;
  if (exam.running) {
    return (
      <div className={classes.door}>
        <LinkButton size="lg" href={`/attempts/${exam.running.id}`}>
          {text.resume}
        </LinkButton>
        <Running deadlineAt={exam.running.deadlineAt} />
      </div>
    );
  }
  if (exam.state === 'soon') {
    return exam.opensAt === null ? null : (
      <p className={classes.reason}>
        {text.reason.soon(format.schoolTime(exam.opensAt))} <SoonIn opensAt={exam.opensAt} />
      </p>
    );
  }
  if (exam.state !== 'open') return <p className={classes.reason}>{exam.state === 'used' ? text.reason.used : text.reason.closed}</p>;
  return (
    <div className={classes.door}>
      <Button size="lg" onClick={() => setAsking(true)}>
        {text.start}
      </Button>
      <Short exam={exam} />
      {asking && <StartDialog exam={exam} onClose={() => setAsking(false)} onStarted={(id) => navigate(`/attempts/${id}`)} />}
    </div>
  );
}

function SoonIn({ opensAt }: { opensAt: string }) {
  const text = useStudyText().exams.page;
  const format = useFormat();
  const now = useNow(1000);
  const left = format.countdown(opensAt, now);
  return left === null ? null : text.reason.soonIn(left);
}

function Running({ deadlineAt }: { deadlineAt: string | null }) {
  const text = useStudyText().exams.page;
  const now = useNow(1000);
  return <p className={classes.side}>{deadlineAt === null ? text.running : text.left(timeText(Date.parse(deadlineAt) - now))}</p>;
}

/** Whoever begins late has less time: better said before than found out at the end. */
function Short({ exam: { closesAt, limitMinutes } }: { exam: ExamDto }) {
  const text = useStudyText().exams.page;
  const format = useFormat();
  const now = useNow(30_000);
  if (closesAt === null || limitMinutes === null) return null;
  const left = Date.parse(closesAt) - now;
  const words = left > 0 && left < limitMinutes * 60_000 ? format.countdown(closesAt, now) : null;
  return words === null ? null : <p className={classes.side}>{text.reason.short(words)}</p>;
}
