import { useState } from 'react';
import { tabMemory } from '#client/lib/memory.ts';
import type { AnswerValue } from '#shared/answers/format.ts';
import type { AnswerFormatDto } from '#shared/tasks.ts';
import { blankAnswer, fits, sameAnswer } from './answers.ts';

/** What was typed into a field and not yet answered rightly. It survives a reload of the tab; `key` names person and task. */
export function useDraft(key: string, format: AnswerFormatDto, otherwise: AnswerValue | undefined) {
  const blank = blankAnswer(format);
  const [value, setValue] = useState<AnswerValue>(() => readDraft(key, format) ?? (fits(format, otherwise) ? otherwise : blank));
  return {
    value,
    change(next: AnswerValue) {
      setValue(next);
      tabMemory.write(key, sameAnswer(next, blank) ? null : JSON.stringify(next));
    },
  };
}

export function dropDraft(key: string): void {
  tabMemory.write(key, null);
}

function readDraft(key: string, format: AnswerFormatDto): AnswerValue | null {
  const stored = tabMemory.read(key);
  if (stored === null) return null;
  try {
    const value: unknown = JSON.parse(stored);
    return fits(format, value) ? value : null;
  } catch {
    return null;
  }
}
