import type { TaskDto } from '#shared/tasks.ts';
import { AnswerForm } from './answer-form.tsx';
import { useAnswer } from './use-answer.ts';

interface CheckedAnswerProps {
  task: TaskDto;
  headingId: string;
  onNext: () => void;
}

/** An answer that the checker grades at once. */
export function CheckedAnswer({ task, headingId, onNext }: CheckedAnswerProps) {
  const answer = useAnswer(task);
  return <AnswerForm format={task.format} answer={answer} done={answer.solved} headingId={headingId} onNext={onNext} />;
}
