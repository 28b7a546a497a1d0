import { IconGripVertical } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { type RowAction, RowMenu } from '#client/features/courses/office/row-menu.tsx';
import { StateTag } from '#client/features/courses/office/state-tag.tsx';
import rowClasses from '#client/features/office/list/rows.module.css';
import type { Reorder } from '#client/features/office/reorder/use-reorder.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { usePersonId } from '#client/lib/person.ts';
import { icon } from '#client/ui/icon.ts';
import layout from '#client/ui/layout.module.css';
import type { FaqOfficeListDto } from '#shared/support.ts';
import classes from './faq.module.css';
import { faqCopyOf } from './faq-draft.ts';

interface FaqArticleRowProps {
  article: FaqOfficeListDto[number]['articles'][number];
  hintId: string;
  reorder: Reorder;
  moves: RowAction[];
  onDelete: () => void;
}

export function FaqArticleRow({ article, hintId, reorder, moves, onDelete }: FaqArticleRowProps) {
  const { faq: words, reorder: moving } = useOfficeText();
  const [, navigate] = useLocation();
  const personId = usePersonId();
  const [unsaved] = useState(() => faqCopyOf(personId, article.id).read() !== null);
  const { id, title, published, helped, notHelped } = article;
  return (
    <li data-item={id} className={reorder.lifted === id ? `${classes.row} ${classes.lifted}` : classes.row}>
      <button
        type="button"
        className={rowClasses.handle}
        aria-label={moving.handle(title)}
        aria-describedby={hintId}
        {...reorder.handle(id)}
      >
        <IconGripVertical {...icon.md} />
      </button>
      <span className={rowClasses.what}>
        <Link href={`/admin/faq/${id}`}>{title}</Link>
        <span className={rowClasses.facts}>
          <span>{words.votes(helped, notHelped)}</span>
          {!published && <StateTag draft />}
          {unsaved && <span className={layout.tag}>{words.unsaved}</span>}
        </span>
      </span>
      <RowMenu
        name={title}
        actions={[
          { label: words.act.open, act: () => navigate(`/admin/faq/${id}`) },
          ...(published ? [{ label: words.onSite, act: () => navigate(`/support#${article.slug}`) }] : []),
          ...moves,
          { label: words.act.delete, act: onDelete, apart: true },
        ]}
      />
    </li>
  );
}
