import type { ReplyTimeDto } from '../../inbox.ts';
import type { OfficeCatalogue } from '../office-catalogue.ts';

/** Who waits for a teacher and for how long, and how long it usually takes: what is said aloud, each with its note. */
export function replyLines(
  { waiting, longestWaitMinutes: longest, medianMinutes: median, answers }: ReplyTimeDto,
  { dashboard: { questions }, inbox }: Pick<OfficeCatalogue, 'dashboard' | 'inbox'>,
): { lead?: string; note: string }[] {
  return [
    {
      lead: waiting === 0 ? questions.none : questions.waiting(waiting),
      note: longest === null ? questions.noneText : questions.longest(inbox.wait(Math.max(1, longest))),
    },
    median === null ? { note: questions.noAnswers } : { lead: questions.median(inbox.wait(median)), note: questions.medianNote(answers) },
  ];
}
