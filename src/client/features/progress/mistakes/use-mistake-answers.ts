import { getQueryKey } from '@trpc/react-query';
import { createOutbox } from '#client/features/tasks/outbox.ts';
import { createSubmissions, type Submissions } from '#client/features/tasks/submissions.ts';
import { refusalOf } from '#client/lib/errors.ts';
import { makeUuid } from '#client/lib/make-uuid.ts';
import { deviceMemory } from '#client/lib/memory.ts';
import { offline } from '#client/lib/online.ts';
import { onePerPerson } from '#client/lib/person.ts';
import { accountBlocked, sessionEnded } from '#client/lib/session.ts';
import { trpc } from '#client/lib/trpc.ts';
import type { AnswerMistakeResult } from '#shared/mistakes.ts';

/** Answers of the page of mistakes on their way: as those of a topic, in an outbox of their own. */
export const useMistakeAnswers = onePerPerson((personId, client, queries): Submissions<AnswerMistakeResult> => {
  const outbox = createOutbox(deviceMemory, `mistakes.${personId}`);
  const answers = createSubmissions<AnswerMistakeResult>({
    outbox,
    send: (answer) => client.progress.mistakes.answer.mutate(answer),
    refusal: refusalOf,
    isOffline: () => offline.get() !== null,
    makeId: makeUuid,
    onSessionEnded: (blocked) => {
      accountBlocked.set(blocked);
      sessionEnded.set(true);
    },
    // The sign in the head. The page keeps what it shows: a card does not vanish under its verdict.
    onAnswered: () => void queries.invalidateQueries({ queryKey: getQueryKey(trpc.progress.mistakes.brief) }),
  });
  window.addEventListener('storage', (event) => {
    if (event.key === null || event.key.endsWith(outbox.key)) answers.sync();
  });
  return answers;
});
