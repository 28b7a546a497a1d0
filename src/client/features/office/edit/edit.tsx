import { Suspense } from 'react';
import { useMe } from '#client/lib/me.ts';
import { lazyOffice } from '#client/lib/office-text.ts';

/** A thing of a student's page that a teacher may change there. */
export type Editable =
  | { kind: 'home' }
  | { kind: 'course'; course: string; title: string }
  | { kind: 'topic'; course: string; topic: string; title: string }
  | { kind: 'task'; course: string; id: string; title: string; slug: string };

const EditControls = lazyOffice(() => import('./edit-controls.tsx'), 'EditControls');

/** Nothing for students, who do not even load it. */
export function Edit({ thing }: { thing: Editable }) {
  const me = useMe();
  if (me?.role !== 'moderator') return null;
  return (
    <Suspense fallback={null}>
      <EditControls thing={thing} />
    </Suspense>
  );
}
