import { useSearch } from 'wouter';
import { OfficePage } from '#client/features/office/office-page.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { LinkButton } from '#client/ui/link-button.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { OfficeScaleDto, ScaleSubjectDto } from '#shared/scales.ts';
import { ScaleEditor } from './scale-editor.tsx';
import { ScaleList } from './scale-list.tsx';
import { newYear, scalesPath } from './scale-paths.ts';

/** Test scores by primary points: all subjects, or the table of one year, which has an address of its own. */
export function ScalesPage() {
  const search = new URLSearchParams(useSearch());
  const [subjectId, year] = [search.get('subject'), search.get('year')];
  return subjectId === null || year === null ? <AllScales /> : <OneScale key={`${subjectId} ${year}`} subjectId={subjectId} year={year} />;
}

function AllScales() {
  const { scales: words } = useOfficeText();
  const query = trpc.exams.scales.list.useQuery();
  return (
    <OfficePage title={words.title} trail={[{ href: '/admin/settings', label: words.settings }]}>
      <QueryView query={query} skeleton={<SkeletonBlock height={480} />} errorTitle={words.failed}>
        {(subjects) => <ScaleList subjects={subjects} />}
      </QueryView>
    </OfficePage>
  );
}

function OneScale({ subjectId, year }: { subjectId: string; year: string }) {
  const { scales: words } = useOfficeText();
  // Read when the table is opened and not again: one that another teacher deletes meanwhile does not go from under the hands of who types in it.
  const query = trpc.exams.scales.list.useQuery(undefined, { staleTime: 0, refetchOnWindowFocus: false, refetchOnReconnect: false });
  const chosen = query.data && find(query.data, subjectId, year);
  const trail = [
    { href: '/admin/settings', label: words.settings },
    { href: scalesPath, label: words.title },
  ];
  return (
    <OfficePage title={chosen ? titleOf(chosen, words) : query.data && words.gone} trail={trail}>
      <QueryView query={query} skeleton={<SkeletonBlock height={480} />} errorTitle={words.failed}>
        {() =>
          chosen ? (
            <ScaleEditor subject={chosen.subject} scale={chosen.scale} />
          ) : (
            <EmptyState title={words.gone} action={<LinkButton href={scalesPath}>{words.toAll}</LinkButton>}>
              {words.goneText}
            </EmptyState>
          )
        }
      </QueryView>
    </OfficePage>
  );
}

interface Chosen {
  subject: ScaleSubjectDto;
  /** Null: a new one. */
  scale: OfficeScaleDto | null;
}

function find(subjects: ScaleSubjectDto[], id: string, year: string): Chosen | null {
  const subject = subjects.find((one) => one.id === id);
  if (!subject) return null;
  if (year === newYear) return { subject, scale: null };
  const scale = subject.scales.find((one) => String(one.year) === year);
  return scale ? { subject, scale } : null;
}

function titleOf({ subject, scale }: Chosen, words: ReturnType<typeof useOfficeText>['scales']): string {
  return scale ? words.scaleOf(subject.title, scale.year) : words.newOf(subject.title);
}
