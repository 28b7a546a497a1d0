import { trpc } from '#client/lib/trpc.ts';
import type { ProgrammeDto } from '#shared/curriculum.ts';
import type { Editable } from './edit.tsx';

export type Named = Exclude<Editable, { kind: 'home' }>;

/** Pages of students know courses and topics by their addresses; the office knows them by ids. */
export function idIn(thing: Named, programme: ProgrammeDto | undefined): string | undefined {
  switch (thing.kind) {
    case 'task':
      return thing.id;
    case 'topic':
      return programme?.topics.find((topic) => topic.slug === thing.topic)?.id;
    case 'course':
      return programme?.id;
  }
}

export function useThingId(thing: Named): string | undefined {
  const programme = trpc.courses.office.programme.useQuery(
    { course: thing.course },
    { enabled: thing.kind !== 'task', staleTime: 300_000 },
  );
  return idIn(thing, programme.data);
}
