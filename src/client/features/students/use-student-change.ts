import { trpc } from '#client/lib/trpc.ts';

/** After something was done to a student: what shows it is asked for anew, and the change counts as done when it has come. */
export function useStudentChange(personId: string): () => Promise<void> {
  const queries = trpc.useUtils();
  return async () => {
    void queries.people.students.list.invalidate();
    await Promise.all([
      queries.people.students.get.invalidate({ personId }),
      queries.people.students.courses.invalidate({ personId }),
      queries.progress.ofStudent.invalidate({ personId }),
      queries.progress.statisticsOf.invalidate({ personId }),
    ]);
  };
}
