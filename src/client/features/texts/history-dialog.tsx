import '@mantine/core/styles/FloatingIndicator.layer.css';
import '@mantine/core/styles/SegmentedControl.layer.css';
import { SegmentedControl } from '@mantine/core';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonText } from '#client/ui/skeleton.tsx';
import type { TextDto, VersionsDto } from '#shared/texts.ts';
import { createComparison } from './editor/merge.ts';
import classes from './text-editor.module.css';
import { useWide } from './use-wide.ts';

interface HistoryDialogProps {
  text: TextDto;
  /** What stands in the editor. */
  source: string;
  onClose: () => void;
  onRestore: (version: { number: number; source: string }) => void;
}

/** Every published text and every draft that was gone on from, each against what stands in the editor. */
export function HistoryDialog({ text: { kind, subjectId }, source, onClose, onRestore }: HistoryDialogProps) {
  const { editor } = useOfficeText();
  const { history: words } = editor;
  const [chosen, setChosen] = useState<number | null>(null);
  const query = trpc.texts.versions.useInfiniteQuery(
    { kind, subjectId },
    { getNextPageParam: (page) => page.next ?? undefined, staleTime: 0 },
  );
  const versions = query.data?.pages.flatMap((page) => page.versions) ?? [];
  const number = chosen ?? versions[0]?.number ?? null;
  return (
    <Dialog title={words.title} onClose={onClose} wide>
      <QueryView query={query} errorTitle={words.failed} level={3} skeleton={<SkeletonText lines={8} lineHeight={32} />}>
        {() =>
          versions.length === 0 ? (
            <p className={classes.nothing}>{words.empty}</p>
          ) : (
            <div className={classes.history}>
              <div>
                <ul className={classes.versions} aria-label={words.list}>
                  {versions.map((version) => (
                    <li key={version.number}>
                      <VersionButton version={version} current={version.number === number} onChoose={() => setChosen(version.number)} />
                    </li>
                  ))}
                </ul>
                {query.hasNextPage && (
                  <BusyButton
                    type="button"
                    variant="subtle"
                    size="sm"
                    busy={query.isFetchingNextPage}
                    busyLabel={words.more}
                    onClick={() => void query.fetchNextPage()}
                  >
                    {words.more}
                  </BusyButton>
                )}
              </div>
              {number !== null && <Version kind={kind} subjectId={subjectId} number={number} source={source} onRestore={onRestore} />}
            </div>
          )
        }
      </QueryView>
    </Dialog>
  );
}

interface VersionButtonProps {
  version: VersionsDto['versions'][number];
  current: boolean;
  onChoose: () => void;
}

function VersionButton({ version, current, onChoose }: VersionButtonProps) {
  const { history: words } = useOfficeText().editor;
  const format = useFormat();
  return (
    <button type="button" aria-pressed={current} onClick={onChoose}>
      <b>{words.version(version.number)}</b>
      {version.draft && ` (${words.draft})`}
      <span>{format.dateTime(version.at)}</span>
      <span>
        {version.by ?? words.system}, {words.change(version.change)}
      </span>
    </button>
  );
}

interface VersionProps {
  kind: TextDto['kind'];
  subjectId: string;
  number: number;
  source: string;
  onRestore: HistoryDialogProps['onRestore'];
}

function Version({ kind, subjectId, number, source, onRestore }: VersionProps) {
  const { editor } = useOfficeText();
  const { history: words } = editor;
  const wide = useWide();
  const [split, setSplit] = useState(false);
  const query = trpc.texts.version.useQuery({ kind, subjectId, number }, { staleTime: Number.POSITIVE_INFINITY });
  return (
    <div className={classes.version}>
      <div className={classes.versionHead}>
        <h3>{words.compare(number)}</h3>
        {wide && (
          <SegmentedControl
            size="xs"
            aria-label={words.layout}
            value={split ? 'split' : 'unified'}
            onChange={(value) => setSplit(value === 'split')}
            data={[
              { value: 'unified', label: words.unified },
              { value: 'split', label: words.split },
            ]}
          />
        )}
      </div>
      <QueryView query={query} errorTitle={words.versionFailed} level={4} skeleton={<SkeletonText lines={6} lineHeight={22} />}>
        {(version) => (
          <>
            {version.source === source ? <p className={classes.nothing}>{words.same}</p> : <p className={classes.legend}>{words.legend}</p>}
            <Comparison kind={kind} before={version.source} after={source} sideBySide={wide && split} label={words.version(number)} />
            {version.source !== source && (
              <Button size="sm" onClick={() => onRestore(version)} className={classes.restore}>
                {words.restore}
              </Button>
            )}
          </>
        )}
      </QueryView>
    </div>
  );
}

interface ComparisonProps {
  kind: TextDto['kind'];
  before: string;
  after: string;
  sideBySide: boolean;
  label: string;
}

function Comparison({ kind, before, after, sideBySide, label }: ComparisonProps) {
  const { editor } = useOfficeText();
  const host = useRef<HTMLDivElement>(null);
  const labels = { before: label, after: editor.source };
  const make = useEffectEvent((parent: HTMLElement, options: { before: string; after: string; sideBySide: boolean }) =>
    createComparison({ kind, parent, ...options, phrases: editor.phrases, labels }),
  );
  useEffect(() => {
    if (!host.current) return;
    const made = make(host.current, { before, after, sideBySide });
    return () => made.destroy();
  }, [before, after, sideBySide]);
  return <div ref={host} className={classes.merge} />;
}
