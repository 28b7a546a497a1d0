import { IconPencil, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { OfficePage } from '#client/features/office/office-page.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { usePersonId } from '#client/lib/person.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Button } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { icon } from '#client/ui/icon.ts';
import { LinkButton } from '#client/ui/link-button.tsx';
import { NoteBox } from '#client/ui/note-box.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import { CategoryDialog } from './category-dialog.tsx';
import classes from './faq.module.css';
import { faqCopyOf } from './faq-draft.ts';
import { FaqTree } from './faq-tree.tsx';

/** All questions and answers, as they stand on the site, with drafts. */
export function FaqListPage() {
  const { faq: words } = useOfficeText();
  const list = trpc.support.office.list.useQuery();
  const [naming, setNaming] = useState(false);
  const newCategory = (
    <Button size="sm" variant="default" leftSection={<IconPlus {...icon.sm} />} onClick={() => setNaming(true)}>
      {words.addCategory}
    </Button>
  );
  const some = list.data !== undefined && list.data.length > 0;
  return (
    <OfficePage
      title={words.title}
      actions={
        some && (
          <>
            {newCategory}
            <LinkButton size="sm" href="/admin/faq/new" leftSection={<IconPlus {...icon.sm} />}>
              {words.add}
            </LinkButton>
          </>
        )
      }
      facts={
        <>
          <span>{words.note}</span>
          <Link href="/support">{words.onSite}</Link>
        </>
      }
    >
      <Unfinished />
      <QueryView query={list} errorTitle={words.failed} skeleton={<ListSkeleton />}>
        {(categories) =>
          categories.length === 0 ? (
            <EmptyState title={words.empty} action={newCategory}>
              {words.emptyText}
            </EmptyState>
          ) : (
            <FaqTree categories={categories} />
          )
        }
      </QueryView>
      {naming && <CategoryDialog category={null} onClose={() => setNaming(false)} />}
    </OfficePage>
  );
}

/** A new article that was left before it was saved. */
function Unfinished() {
  const { faq: words } = useOfficeText();
  const personId = usePersonId();
  const [kept] = useState(() => faqCopyOf(personId, 'new').read());
  if (!kept) return null;
  return (
    <NoteBox icon={<IconPencil {...icon.md} />} className={classes.unfinished}>
      {words.unsavedNew} {kept.fields.title && <b>{kept.fields.title}</b>} <Link href="/admin/faq/new">{words.unsavedGo}</Link>
    </NoteBox>
  );
}

function ListSkeleton() {
  return (
    <>
      <SkeletonBlock width={220} height={26} />
      {['one', 'two', 'three', 'four'].map((row) => (
        <SkeletonBlock key={row} height={48} mt={16} />
      ))}
    </>
  );
}
