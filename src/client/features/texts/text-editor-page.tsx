import { useParams } from 'wouter';
import { OfficePage } from '#client/features/office/office-page.tsx';
import { useMe } from '#client/lib/me.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { TextKind } from '#shared/texts.ts';
import { TextEditor } from './text-editor.tsx';

export function TextEditorPage({ kind }: { kind: TextKind }) {
  const { editor } = useOfficeText();
  const me = useMe();
  const { id = '' } = useParams();
  // Asked once for each time the page is opened: what comes later comes with the answers to our own saves.
  const query = trpc.texts.open.useQuery(
    { kind, subjectId: id },
    { gcTime: 0, staleTime: Number.POSITIVE_INFINITY, refetchOnReconnect: false, refetchOnWindowFocus: false },
  );
  if (query.data && me) return <TextEditor text={query.data} personId={me.id} />;
  return (
    <OfficePage title={undefined}>
      <QueryView query={query} errorTitle={editor.failed} skeleton={<SkeletonBlock height={480} radius={8} />}>
        {() => null}
      </QueryView>
    </OfficePage>
  );
}
