import { IconGripVertical } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useLocation } from 'wouter';
import { type RowAction, RowMenu } from '#client/features/courses/office/row-menu.tsx';
import rowClasses from '#client/features/office/list/rows.module.css';
import { type Reorder, useReorder } from '#client/features/office/reorder/use-reorder.ts';
import { useSpoken } from '#client/features/office/reorder/use-spoken.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { icon } from '#client/ui/icon.ts';
import type_ from '#client/ui/type.module.css';
import type { FaqCategoryDto, FaqOfficeListDto } from '#shared/support.ts';
import { CategoryDialog } from './category-dialog.tsx';
import classes from './faq.module.css';
import { FaqArticleRow } from './faq-article-row.tsx';
import { type FaqActions, useFaq } from './use-faq.ts';

/** Categories and their articles. Both are moved by mouse, finger and keyboard; articles go from category to category too. */
export function FaqTree({ categories }: { categories: FaqOfficeListDto }) {
  const { faq: words, reorder: moving } = useOfficeText();
  const faq = useFaq();
  const hintId = useId();
  const [renamed, rename] = useState<FaqCategoryDto | null>(null);
  const byId = new Map(categories.map((category) => [category.id, category]));
  const all = new Map(categories.flatMap(({ articles }) => articles).map((article) => [article.id, article]));
  const heads = useReorder({
    lists: [{ id: 'categories', items: [...byId.keys()] }],
    crossing: false,
    words: useSpoken((id) => byId.get(id)?.title ?? '', null),
    onDrop(id, { beforeId }) {
      const category = byId.get(id);
      if (category) faq.moveCategory(category, beforeId);
    },
  });
  const rows = useReorder({
    lists: categories.map(({ id, articles }) => ({ id, items: articles.map((article) => article.id) })),
    crossing: true,
    words: useSpoken(
      (id) => all.get(id)?.title ?? '',
      (id) => words.inCategory(byId.get(id)?.title ?? ''),
    ),
    onDrop(id, { listId, beforeId }) {
      const article = all.get(id);
      if (article) faq.move(article, { categoryId: listId, beforeId });
    },
  });
  const shownRows = new Map(rows.shown.map(({ id, items }) => [id, items]));
  const shown = heads.shown[0]?.items ?? [];
  return (
    <>
      <div {...heads.container}>
        <div {...rows.container}>
          <ol className={classes.categories} aria-label={words.list} data-list="categories" data-open="">
            {shown.map((id, at) => {
              const category = byId.get(id);
              if (!category) return null;
              const articles = (shownRows.get(id) ?? []).flatMap((one) => all.get(one) ?? []);
              const moves: RowAction[] = movesOf(shown, at, (beforeId) => faq.moveCategory(category, beforeId), words.act);
              return (
                <li
                  key={id}
                  data-item={id}
                  className={heads.lifted === id ? `${classes.category} ${classes.lifted}` : classes.category}
                  // Two lists of one page: the categories are no articles.
                  aria-label={category.title}
                >
                  <CategoryHead
                    category={category}
                    count={category.articles.length}
                    hintId={hintId}
                    reorder={heads}
                    moves={moves}
                    faq={faq}
                    onRename={() => rename(category)}
                  />
                  <ol aria-label={words.articlesOf(category.title)} data-list={id} data-open="" className={classes.articles}>
                    {heads.lifted !== id &&
                      articles.map((article, place) => (
                        <FaqArticleRow
                          key={article.id}
                          article={article}
                          hintId={hintId}
                          reorder={rows}
                          moves={movesOf(
                            articles.map((one) => one.id),
                            place,
                            (beforeId) => faq.move(article, { categoryId: id, beforeId }),
                            words.act,
                          )}
                          onDelete={() => void faq.remove(article)}
                        />
                      ))}
                  </ol>
                  {articles.length === 0 && <p className={classes.none}>{words.emptyCategory}</p>}
                </li>
              );
            })}
          </ol>
        </div>
      </div>
      <p id={hintId} className={type_.hidden}>
        {moving.hint}
      </p>
      <div role="status" className={type_.hidden}>
        {rows.lifted === null ? heads.spoken || rows.spoken : rows.spoken}
      </div>
      {renamed && <CategoryDialog category={renamed} onClose={() => rename(null)} />}
    </>
  );
}

/** One place up or down, for whoever does not drag. */
function movesOf(
  ids: readonly string[],
  at: number,
  put: (beforeId: string | null) => void,
  words: { up: string; down: string },
): RowAction[] {
  const above = ids[at - 1];
  const isLast = at === ids.length - 1;
  return [
    { label: words.up, apart: true, ...(above === undefined ? {} : { act: () => put(above) }) },
    { label: words.down, ...(isLast ? {} : { act: () => put(ids[at + 2] ?? null) }) },
  ];
}

interface CategoryHeadProps {
  category: FaqCategoryDto;
  count: number;
  hintId: string;
  reorder: Reorder;
  moves: RowAction[];
  faq: FaqActions;
  onRename: () => void;
}

function CategoryHead({ category, count, hintId, reorder, moves, faq, onRename }: CategoryHeadProps) {
  const { faq: words, reorder: moving } = useOfficeText();
  const [, navigate] = useLocation();
  return (
    <div className={classes.head}>
      <button
        type="button"
        className={rowClasses.handle}
        aria-label={moving.handle(category.title)}
        aria-describedby={hintId}
        {...reorder.handle(category.id)}
      >
        <IconGripVertical {...icon.md} />
      </button>
      <h2 className={classes.name}>
        {category.title} <span className={classes.number}>{words.articles(count)}</span>
      </h2>
      <RowMenu
        name={category.title}
        actions={[
          { label: words.addHere, act: () => navigate(`/admin/faq/new?in=${category.id}`) },
          { label: words.act.rename, act: onRename },
          ...moves,
          count > 0
            ? { label: words.act.deleteInUse, apart: true }
            : { label: words.act.delete, act: () => faq.removeCategory(category), apart: true },
        ]}
      />
    </div>
  );
}
