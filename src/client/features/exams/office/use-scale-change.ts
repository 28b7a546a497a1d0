import { trpc } from '#client/lib/trpc.ts';

/** What scales are changed with, and what is to be read again afterwards: courses show what a score takes. */
export function useScaleChange() {
  const utils = trpc.useUtils();
  return {
    api: utils.client.exams.scales,
    changed: () => Promise.all([utils.exams.invalidate(), utils.courses.invalidate()]),
  };
}
