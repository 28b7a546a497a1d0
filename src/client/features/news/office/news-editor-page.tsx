import { useEffect, useEffectEvent, useState } from 'react';
import { useLocation, useParams, useSearch } from 'wouter';
import { OfficePage } from '#client/features/office/office-page.tsx';
import { appError } from '#client/lib/errors.ts';
import { makeUuid } from '#client/lib/make-uuid.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { usePersonId } from '#client/lib/person.ts';
import { trpc } from '#client/lib/trpc.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { LinkButton } from '#client/ui/link-button.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import { BegunNews } from './begun-news.tsx';
import classes from './composer.module.css';
import { Composer } from './composer.tsx';
import { newsCopiesOf } from './news-copies.ts';

/** An announcement, or a new one where the address names none. */
export function NewsEditorPage() {
  const { id } = useParams<{ id?: string }>();
  return id ? <KnownNews key={id} id={id} /> : <NewNews />;
}

/**
 * A new one has its id from the first key on, in the address too: a reload goes on with it. It is no page of its own until it is sent, for another page
 * would take the field away from under whoever types.
 */
function NewNews() {
  const [path, navigate] = useLocation();
  const named = new URLSearchParams(useSearch()).get('draft');
  const personId = usePersonId();
  // What only this device has needs no answer of the server to be gone on with.
  const asNamed = (id: string) => ({ id, isKnown: newsCopiesOf(personId).find(id)?.rev !== 0, isNamed: true });
  const [begun, begin] = useState(() => (named === null ? { id: makeUuid(), isKnown: false, isNamed: false } : asNamed(named)));
  if (named !== null && named !== begun.id) begin(asNamed(named));
  else if (named !== null && !begun.isNamed) begin({ ...begun, isNamed: true });
  // «Новая рассылка» was pressed once more.
  else if (named === null && begun.isNamed) begin({ id: makeUuid(), isKnown: false, isNamed: false });
  const { id, isKnown } = begun;
  const toItsOwn = () => navigate(`/admin/news/${id}`, { replace: true });
  if (isKnown) return <KnownNews key={id} id={id} onGone={toItsOwn} />;
  const onBegun = () => {
    if (named === null) navigate(`${path}?draft=${id}`, { replace: true });
  };
  return <Composer key={id} id={id} post={null} onBegun={onBegun} onGone={toItsOwn} />;
}

/** @param onGone it is no draft any more, and the address is still that of a new one */
function KnownNews({ id, onGone }: { id: string; onGone?: () => void }) {
  const { news } = useOfficeText();
  // What is typed is compared with what it was begun from: nothing may change under it by itself.
  const query = trpc.news.office.get.useQuery({ id }, { refetchOnMount: 'always', refetchOnWindowFocus: false, refetchOnReconnect: false });
  const [isFresh, setFresh] = useState(false);
  if (!isFresh && query.data && !query.isFetching) setFresh(true);
  const code = appError(query.error)?.code;
  const tellGone = useEffectEvent(() => onGone?.());
  const hasGone = isFresh && query.data !== undefined && query.data.state !== 'draft';
  useEffect(() => {
    if (hasGone) tellGone();
  }, [hasGone]);
  if (!query.data && (code === 'NEWS_NOT_FOUND' || code === 'INPUT_INVALID')) return <NewsMissing />;
  const post = isFresh ? query.data : undefined;
  if (post?.deleted) return <NewsMissing />;
  if (post?.state === 'draft') return <Composer id={id} post={post} />;
  if (post) return <BegunNews post={post} />;
  return (
    <OfficePage title={query.isError ? news.title : undefined} trail={[{ href: '/admin/news', label: news.title }]}>
      <QueryView query={{ ...query, data: undefined }} errorTitle={news.editor.failed} skeleton={<EditorSkeleton />}>
        {() => null}
      </QueryView>
    </OfficePage>
  );
}

export function NewsMissing() {
  const { news } = useOfficeText();
  const words = news.editor;
  return (
    <OfficePage title={words.missing} trail={[{ href: '/admin/news', label: news.title }]}>
      <EmptyState title={words.missing} action={<LinkButton href="/admin/news">{words.toList}</LinkButton>}>
        {words.missingText}
      </EmptyState>
    </OfficePage>
  );
}

function EditorSkeleton() {
  return (
    <div className={classes.composer}>
      <div>
        <SkeletonBlock width={320} height={44} />
        <SkeletonBlock height={44} mt={48} />
        <SkeletonBlock height={220} mt={48} />
      </div>
      <SkeletonBlock height={320} radius={12} />
    </div>
  );
}
