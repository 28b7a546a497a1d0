import { IconFileZip } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { examHead } from '#client/lib/exam-frame.ts';
import { useFormat } from '#client/lib/i18n.tsx';
import { offline } from '#client/lib/online.ts';
import { usePageTitle } from '#client/lib/page.ts';
import { useStudyText } from '#client/lib/study-text.ts';
import { Button } from '#client/ui/button.tsx';
import { icon } from '#client/ui/icon.ts';
import layout from '#client/ui/layout.module.css';
import { NoteBox } from '#client/ui/note-box.tsx';
import type { RunningAttemptDto } from '#shared/exams.ts';
import { ExamHead } from './exam-head.tsx';
import { labelsOf } from './exam-labels.ts';
import { ExamQuestion } from './exam-question.tsx';
import classes from './exam-screen.module.css';
import type { ExamSession } from './exam-session.ts';
import { type Cell, ExamLegend, ExamSquares, rowAround } from './exam-squares.tsx';
import { useTimeLeft } from './exam-time.ts';
import { FinishDialog } from './finish-dialog.tsx';
import { isAnswered, shownAnswer, untouched } from './kept-answer.ts';
import { useExamKeys } from './use-exam-keys.ts';
import { useExamPlace } from './use-exam-place.ts';
import { useExamSaving } from './use-exam-saving.ts';

interface ExamScreenProps {
  attempt: RunningAttemptDto;
  session: ExamSession;
  /** The attempt is over, or ought to be: the server is asked what became of it. */
  onOver: () => Promise<unknown>;
}

/** The squares that fit beside one another on a phone. */
const rowOfPhone = 6;
const askAgain = 2000;

/** A running exam: one task at a time, everything else around it. */
export function ExamScreen({ attempt, session, onOver }: ExamScreenProps) {
  const text = useStudyText().exams.desk;
  const { saver, clock } = session;
  const view = saver.view.use();
  const left = useTimeLeft(clock, view.deadlineAt);
  const timeUp = left !== null && left <= 0;
  const over = timeUp || view.over;
  const labels = useMemo(() => labelsOf(attempt.tasks), [attempt.tasks]);
  const place = useExamPlace(labels);
  const [asking, setAsking] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const head = examHead.use();
  useExamSaving(session, over);
  useOver(over, session, onOver);

  const cells: Cell[] = attempt.tasks.map(({ id }, at) => ({
    label: labels[at] ?? '',
    answer: view.answers[id] ?? shownAnswer(untouched(id)),
  }));
  const at = Math.min(place.at, cells.length - 1);
  const [task, cell] = [attempt.tasks[at], cells[at]];
  const label = cell?.label ?? '';
  usePageTitle(`${text.task(label)}. ${attempt.exam.title}`);
  const taskId = task?.id;
  useEffect(() => {
    if (taskId) saver.see(taskId);
  }, [saver, taskId]);

  function go(next: number, typing = false): void {
    if (next === at || cells[next] === undefined) return;
    saver.leave();
    place.go(next);
    window.scrollTo(0, 0);
    // After the next task is drawn. Whoever came by Enter goes on typing, others read on.
    requestAnimationFrame(() => {
      const field = heading.current?.closest('section')?.querySelector<HTMLElement>('form input:not([type=checkbox], [type=radio])');
      (typing && field ? field : heading.current)?.focus({ preventScroll: true });
    });
  }
  useExamKeys((by) => go(at + by));

  const answered = text.answered(cells.filter((each) => isAnswered(each.answer)).length, cells.length);
  return (
    <>
      {head &&
        createPortal(
          <ExamHead attempt={attempt} state={view.state} durable={view.durable} left={left} onFinish={() => setAsking(true)} />,
          head,
        )}
      <div className={`${layout.wrap} ${classes.desk}`}>
        <nav className={classes.aside} aria-label={text.tasks}>
          <p className={classes.count}>{answered}</p>
          <ExamSquares cells={cells} current={at} onGo={go} />
          <ExamLegend className={classes.legend} />
          <ZipLink zip={attempt.zip} />
        </nav>
        <nav className={classes.strip} aria-label={text.near}>
          <ExamSquares cells={cells} current={at} onGo={go} from={rowAround(at, cells.length, rowOfPhone)} count={rowOfPhone} />
        </nav>
        <div className={classes.middle}>
          <div role="status">{over && <TimeUp />}</div>
          {task && cell && (
            <ExamQuestion
              key={task.id}
              attemptId={attempt.id}
              task={task}
              label={label}
              answer={cell.answer}
              locked={over}
              headingRef={heading}
              neighbours={{ previous: labels[at - 1] ?? null, next: labels[at + 1] ?? null }}
              onType={(value) => saver.type(task.id, value)}
              onLeave={() => saver.leave()}
              onFlag={(flagged) => saver.flag(task.id, flagged)}
              onChoose={(side) => saver.choose(task.id, side)}
              onGo={(by, typing) => go(at + by, typing)}
            />
          )}
        </div>
        <nav className={classes.all} aria-label={text.all}>
          <p className={classes.count}>{answered}</p>
          <ExamSquares cells={cells} current={at} onGo={go} />
          <ExamLegend className={classes.legend} />
          <ZipLink zip={attempt.zip} />
          <Button variant="default" fullWidth className={classes.finish} onClick={() => setAsking(true)}>
            {text.finishExam}
          </Button>
        </nav>
      </div>
      {asking && !over && (
        <FinishDialog
          attemptId={attempt.id}
          cells={cells}
          saver={saver}
          onGo={(to) => {
            setAsking(false);
            go(to);
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

function ZipLink({ zip }: { zip: RunningAttemptDto['zip'] }) {
  const text = useStudyText().exams.desk;
  const format = useFormat();
  if (!zip) return null;
  return (
    <a className={classes.zip} href={zip.url} download>
      <IconFileZip {...icon.md} />
      <span>
        {text.zip} <span className={classes.size}>{format.fileSize(zip.size)}</span>
      </span>
    </a>
  );
}

function TimeUp() {
  const { time } = useStudyText().exams.desk;
  const away = offline.use() !== null;
  return <NoteBox className={classes.over}>{away ? time.overOffline : time.over}</NoteBox>;
}

/** What is typed goes out at once, and then the server is asked until it says what became of it: it waits a little for what is on its way. */
function useOver(over: boolean, { saver }: ExamSession, onOver: () => Promise<unknown>): void {
  const ask = useEffectEvent(onOver);
  useEffect(() => {
    if (!over) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let here = true;
    const look = async () => {
      await saver.flush();
      await ask();
      if (here) timer = setTimeout(() => void look(), askAgain);
    };
    saver.leave();
    void look();
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [over, saver]);
}
