import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import rowClasses from '#client/features/office/list/rows.module.css';
import { ShowMore } from '#client/features/office/list/show-more.tsx';
import { OfficePage } from '#client/features/office/office-page.tsx';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { usePersonId } from '#client/lib/person.ts';
import { anewUnlessSent } from '#client/lib/sent.ts';
import { trpc } from '#client/lib/trpc.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import { icon } from '#client/ui/icon.ts';
import layout from '#client/ui/layout.module.css';
import { LinkButton } from '#client/ui/link-button.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { NewsRowDto } from '#shared/news.ts';
import { newsCopiesOf } from './news-copies.ts';
import { parseFields } from './news-fields.ts';
import classes from './news-list.module.css';
import { NewsRow } from './news-row.tsx';
import { RunningNews } from './running-news.tsx';

/** Announcements: what is going out, then drafts, what waits for its time, what has gone. */
export function OfficeNewsListPage() {
  const { news } = useOfficeText();
  const { list: words } = news;
  const text = useText();
  const format = useFormat();
  const list = trpc.news.office.list.useInfiniteQuery(
    {},
    { getNextPageParam: (page) => page.nextCursor ?? undefined, staleTime: anewUnlessSent },
  );
  const add = (
    <LinkButton size="sm" href="/admin/news/new" leftSection={<IconPlus {...icon.sm} />}>
      {words.add}
    </LinkButton>
  );
  return (
    <OfficePage
      title={news.title}
      actions={add}
      facts={
        <>
          <span>{words.lead}</span>
          <Link href="/admin/delivery">{words.delivery}</Link>
        </>
      }
    >
      <QueryView query={list} errorTitle={words.failed} skeleton={<ListSkeleton />}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items).filter(({ deleted }) => !deleted);
          return (
            <>
              <RunningNews />
              <KeptHere known={rows} />
              {rows.length === 0 ? <EmptyState title={words.empty}>{words.emptyText}</EmptyState> : <Sections rows={rows} />}
              {list.isError && !list.isFetchNextPageError && <FormError>{errorText(list.error, text, format)}</FormError>}
              <ShowMore list={list} />
            </>
          );
        }}
      </QueryView>
    </OfficePage>
  );
}

const sections = [
  { name: 'drafts', states: ['draft'] },
  { name: 'scheduled', states: ['scheduled'] },
  { name: 'sent', states: ['done', 'cancelled'] },
] as const;

function Sections({ rows }: { rows: NewsRowDto[] }) {
  const { list: words } = useOfficeText().news;
  return sections.map(({ name, states }) => {
    const found = rows.filter(({ state }) => states.some((one) => one === state));
    if (found.length === 0) return null;
    return (
      <section key={name} className={classes.section} aria-labelledby={`news-${name}`}>
        <h2 id={`news-${name}`}>{words[name]}</h2>
        <ul className={layout.list}>
          {found.map((row) => (
            <NewsRow key={row.id} row={row} />
          ))}
        </ul>
      </section>
    );
  });
}

/** What was typed while the server could not be reached, and never came there. */
function KeptHere({ known }: { known: NewsRowDto[] }) {
  const { news } = useOfficeText();
  const { list: words } = news;
  const personId = usePersonId();
  const [copies] = useState(() => newsCopiesOf(personId).list());
  const found = copies.filter(({ id, rev }) => rev === 0 && !known.some((row) => row.id === id));
  if (found.length === 0) return null;
  return (
    <section className={classes.section} aria-labelledby="news-kept">
      <h2 id="news-kept">{words.kept}</h2>
      <ul className={layout.list}>
        {found.map(({ id, source }) => (
          <li key={id} className={classes.row}>
            <div className={rowClasses.what}>
              <Link href={`/admin/news/new?draft=${id}`}>{parseFields(source)?.title.trim() || news.untitled}</Link>
              <p className={rowClasses.facts}>{words.keptText}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ListSkeleton() {
  return (
    <>
      <SkeletonBlock width={160} height={28} />
      {['one', 'two', 'three', 'four', 'five'].map((row) => (
        <SkeletonBlock key={row} height={44} mt={16} />
      ))}
    </>
  );
}
