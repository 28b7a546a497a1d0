import { useFormat } from '#client/lib/i18n.tsx';
import { useTalkText } from '#client/lib/talk-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Dialog } from '#client/ui/dialog.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import layout from '#client/ui/layout.module.css';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonText } from '#client/ui/skeleton.tsx';
import type_ from '#client/ui/type.module.css';
import { MessageHtml } from './message-html.tsx';
import classes from './versions-dialog.module.css';

/** What an edited message said before: for moderators. */
export function VersionsDialog({ threadId, seq, onClose }: { threadId: string; seq: number; onClose: () => void }) {
  const { versions: words } = useTalkText().chat;
  const format = useFormat();
  const query = trpc.chat.versions.useQuery({ threadId, seq }, { staleTime: 0 });
  return (
    <Dialog title={words.title} onClose={onClose}>
      <QueryView query={query} errorTitle={words.failed} level={3} skeleton={<SkeletonText lines={4} />}>
        {(versions) =>
          versions.length === 0 ? (
            <EmptyState title={words.none} level={3}>
              {words.noneText}
            </EmptyState>
          ) : (
            <ul className={layout.list}>
              {versions.map(({ number, html, at }) => (
                <li key={number} className={classes.version}>
                  <p className={`${type_.sm} ${type_.dim}`}>{words.at(format.dateTime(at))}</p>
                  <div dir="auto">
                    <MessageHtml html={html} />
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </Dialog>
  );
}
