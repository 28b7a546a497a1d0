import { useRef, useState } from 'react';
import { useAutosave } from '#client/features/courses/office/use-autosave.ts';
import type { OfficeExamDto } from '#shared/exams-office.ts';
import { instantsOf, windowOf, windowText } from './exam-window.ts';
import { useExams } from './use-exams.ts';

/** Nothing was saved: attempts would be cut, and that was not said yet. */
export class CutAsked extends Error {}

/** The window of an exam, both ends in one field. An end that takes time from running attempts is saved only when that is wanted. */
export function useExamWindow(exam: OfficeExamDto) {
  const { api, change } = useExams();
  const zone = exam.timeZone;
  /** How many would be cut, while the question stands. */
  const [cuts, setCuts] = useState<number | null>(null);
  const wanted = useRef(false);
  const stored = windowText(exam, zone);
  const field = useAutosave({
    memory: `exam-window.${exam.id}`,
    stored,
    isValid: (typed) => !('problem' in instantsOf(windowOf(typed), zone)),
    async save(typed) {
      const instants = instantsOf(windowOf(typed), zone);
      if ('problem' in instants) return;
      const cut = wanted.current ? ({ cut: true } as const) : {};
      wanted.current = false;
      await change({
        async send() {
          const result = await api.update.mutate({ id: exam.id, ...instants, ...cut });
          if (result.outcome === 'saved') return;
          setCuts(result.attempts);
          throw new CutAsked();
        },
      });
    },
  });
  return {
    field,
    cuts,
    cut() {
      wanted.current = true;
      setCuts(null);
      field.change(field.value);
      field.leave();
    },
    keep() {
      setCuts(null);
      field.change(stored);
      field.leave();
    },
  };
}
