import { type ReactNode, useState } from 'react';
import { useLocation, useParams, useSearch } from 'wouter';
import { OfficePage } from '#client/features/office/office-page.tsx';
import { appError } from '#client/lib/errors.ts';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { usePersonId } from '#client/lib/person.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Button } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import layout from '#client/ui/layout.module.css';
import { LinkButton } from '#client/ui/link-button.tsx';
import { NoteBox } from '#client/ui/note-box.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { FaqCategoryDto, FaqOfficeArticleDto } from '#shared/support.ts';
import { faqCopyOf } from './faq-draft.ts';
import classes from './faq-editor.module.css';
import { FaqEditor } from './faq-editor.tsx';
import { articleFrom, chatPlaceIn } from './from-chat.ts';

/** An article, or a new one where the address names none. */
export function FaqEditorPage() {
  const { id } = useParams<{ id?: string }>();
  return id ? <KnownArticle id={id} /> : <NewArticle />;
}

const trailOf = (title: string) => [{ href: '/admin/faq', label: title }];

function KnownArticle({ id }: { id: string }) {
  const { faq } = useOfficeText();
  const words = faq.editor;
  const format = useFormat();
  // What is typed is compared with what it was begun from: nothing may change under it by itself.
  const article = trpc.support.office.article.useQuery(
    { id },
    { refetchOnMount: 'always', refetchOnWindowFocus: false, refetchOnReconnect: false },
  );
  const [begun, begin] = useState<FaqOfficeArticleDto | null>(null);
  if (!begun && article.data && !article.isFetching) begin(article.data);
  const code = appError(article.error)?.code;
  if (!begun && (code === 'FAQ_NOT_FOUND' || code === 'INPUT_INVALID')) return <Missing id={id} />;
  const at = article.data?.updatedAt;
  const by = article.data?.updatedByName;
  return (
    <OfficePage
      title={begun ? (article.data?.title ?? begun.title) : undefined}
      trail={trailOf(faq.title)}
      facts={
        article.data && (
          <>
            <span className={article.data.published ? layout.tag : `${layout.tag} ${classes.draft}`}>
              {article.data.published ? words.published : words.draft}
            </span>
            {at && <span>{by ? words.changedBy(by, format.dateTime(at)) : words.changedAt(format.dateTime(at))}</span>}
          </>
        )
      }
    >
      <Categories>
        {(categories) => (
          <QueryView query={{ ...article, data: begun ?? undefined }} errorTitle={words.failed} skeleton={<EditorSkeleton />}>
            {(known) => (
              <FaqEditor
                article={known}
                blank={{ categoryId: '', title: '', body: '', keywords: '' }}
                about={known.id}
                fromChat={false}
                categories={categories}
              />
            )}
          </QueryView>
        )}
      </Categories>
    </OfficePage>
  );
}

function NewArticle() {
  const { faq } = useOfficeText();
  const words = faq.editor;
  const search = useSearch();
  const [place] = useState(() => chatPlaceIn(search));
  const [wanted] = useState(() => new URLSearchParams(search).get('in'));
  const history = trpc.chat.history.useQuery(
    { threadId: place?.threadId ?? '', before: (place?.seq ?? 0) + 1 },
    { enabled: place !== null, staleTime: Number.POSITIVE_INFINITY },
  );
  return (
    <OfficePage title={words.newTitle} trail={trailOf(faq.title)}>
      <Categories>
        {(categories) => {
          const categoryId = categories.find(({ id }) => id === wanted)?.id ?? categories[0]?.id ?? '';
          const empty = { categoryId, title: '', body: '', keywords: '' };
          if (!place) return <FaqEditor article={null} blank={empty} about="new" fromChat={false} categories={categories} />;
          return (
            <QueryView query={history} errorTitle={words.fromChatFailed} skeleton={<EditorSkeleton />}>
              {({ messages }) => {
                const taken = articleFrom(messages, place.seq);
                return (
                  <>
                    {!taken && <NoteBox className={classes.unfinished}>{words.fromChatGone}</NoteBox>}
                    <FaqEditor
                      article={null}
                      blank={{ ...empty, ...taken }}
                      about={`${place.threadId}.${place.seq}`}
                      fromChat={taken !== null}
                      categories={categories}
                    />
                  </>
                );
              }}
            </QueryView>
          );
        }}
      </Categories>
    </OfficePage>
  );
}

/** An article stands in a category: without any there is nothing to write yet. */
function Categories({ children }: { children: (categories: FaqCategoryDto[]) => ReactNode }) {
  const { faq } = useOfficeText();
  const list = trpc.support.office.list.useQuery();
  return (
    <QueryView query={list} errorTitle={faq.failed} skeleton={<EditorSkeleton />}>
      {(categories) =>
        categories.length > 0 ? (
          children(categories)
        ) : (
          <EmptyState title={faq.editor.noCategories} action={<LinkButton href="/admin/faq">{faq.editor.toList}</LinkButton>}>
            {faq.editor.noCategoriesText}
          </EmptyState>
        )
      }
    </QueryView>
  );
}

/** Deleted, or never there. What was typed of it and not saved is not lost. */
function Missing({ id }: { id: string }) {
  const { faq } = useOfficeText();
  const words = faq.editor;
  const personId = usePersonId();
  const [, navigate] = useLocation();
  const [kept] = useState(() => faqCopyOf(personId, id).read());
  const useKept = () => {
    if (!kept) return;
    faqCopyOf(personId, 'new').write({ fields: kept.fields, rev: null });
    faqCopyOf(personId, id).write(null);
    navigate('/admin/faq/new');
  };
  return (
    <OfficePage title={words.missing} trail={trailOf(faq.title)}>
      <EmptyState
        title={words.missing}
        action={kept ? <Button onClick={useKept}>{words.useKept}</Button> : <LinkButton href="/admin/faq">{words.toList}</LinkButton>}
      >
        {kept ? words.missingKept : words.missingText}
      </EmptyState>
    </OfficePage>
  );
}

function EditorSkeleton() {
  return (
    <div className={classes.editor}>
      <div className={classes.form}>
        <SkeletonBlock height={68} />
        <SkeletonBlock height={88} />
        <SkeletonBlock height={372} />
      </div>
      <SkeletonBlock height={240} radius={12} />
    </div>
  );
}
