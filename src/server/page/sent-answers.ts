/** The first answers of a page, sent along in its HTML: through the procedures and their checks, as if the page had asked. */
import { callTRPCProcedure } from '@trpc/server';
import { inTime } from '../platform/waiting.ts';
import { appRouter } from '../router.ts';
import type { Context } from '../trpc/context.ts';
import type { Question } from './routes.ts';

export interface SentAnswers {
  /** The server's clock, in ms: topics open by it. */
  at: number;
  answers: [path: string, input: object | null, answer: unknown, as?: Question[2]][];
}

/** The answers that are there in time. Of a refusal nothing is sent: the page asks by itself and says what it says then. */
export async function answer(ctx: Context, questions: Question[]): Promise<SentAnswers['answers']> {
  const asked = questions.map(async ([path, input, as]): Promise<SentAnswers['answers'][number]> => {
    const call = { router: appRouter, path, type: 'query', ctx, getRawInput: async () => input, signal: undefined, batchIndex: 0 } as const;
    const found: unknown = await callTRPCProcedure(call);
    return as ? [path, input ?? null, found, as] : [path, input ?? null, found];
  });
  const answers = await Promise.all(asked.map(inTime));
  return answers.filter((each) => each !== null);
}

/** As the content of a script element: nothing in it can end the element. */
export function toScript(sent: SentAnswers): string {
  return JSON.stringify(sent).replaceAll('<', '\\u003c');
}
