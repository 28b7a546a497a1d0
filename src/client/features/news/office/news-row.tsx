import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { RowMenu } from '#client/features/courses/office/row-menu.tsx';
import rowClasses from '#client/features/office/list/rows.module.css';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { usePersonId } from '#client/lib/person.ts';
import layout from '#client/ui/layout.module.css';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { NewsRowDto } from '#shared/news.ts';
import { newsCopiesOf } from './news-copies.ts';
import classes from './news-list.module.css';
import { deliveredOf } from './progress.ts';
import { useNewsList } from './use-news-list.ts';

export function NewsRow({ row }: { row: NewsRowDto }) {
  const { news } = useOfficeText();
  const { list: words } = news;
  const [, navigate] = useLocation();
  const personId = usePersonId();
  const { copy, remove } = useNewsList();
  const [unsaved] = useState(() => newsCopiesOf(personId).find(row.id) !== null);
  const title = setTitle(row.title) || news.untitled;
  const begun = row.startedAt !== null;
  return (
    <li className={classes.row}>
      <div className={rowClasses.what}>
        <Link href={`/admin/news/${row.id}`}>{title}</Link>
        <p className={rowClasses.facts}>
          <When row={row} />
          <span>{useWhom(row)}</span>
          <Outcome row={row} />
          {unsaved && <span className={`${layout.tag} ${classes.loud}`}>{words.unsaved}</span>}
        </p>
      </div>
      <RowMenu
        name={title}
        actions={[
          { label: words.open, act: () => navigate(`/admin/news/${row.id}`) },
          ...(begun ? [{ label: words.report, act: () => navigate(`/admin/news/${row.id}/report`) }] : []),
          { label: words.copy, act: () => void copy(row.id) },
          { label: words.remove, act: () => void remove(row), apart: true },
        ]}
      />
    </li>
  );
}

function useWhom({ audience, courseTitle, inactiveDays }: NewsRowDto): string {
  const { to } = useOfficeText().news;
  if (audience === 'course') return to.course(setTitle(courseTitle ?? '…'));
  return audience === 'inactive' ? to.inactive(inactiveDays ?? 0) : to[audience];
}

function When({ row: { state, updatedAt, scheduledAt, startedAt, authorName } }: { row: NewsRowDto }) {
  const { list: words } = useOfficeText().news;
  const format = useFormat();
  if (state === 'scheduled' && scheduledAt) return <span>{words.at(format.schoolTime(scheduledAt))}</span>;
  if (state === 'draft') {
    const when = format.ago(updatedAt);
    return <span>{authorName ? words.changedBy(authorName, when) : words.changed(when)}</span>;
  }
  if (startedAt === null) return null;
  const when = format.dateTime(startedAt);
  return <span>{state === 'cancelled' ? words.cancelledAt(when) : words.sentAt(when)}</span>;
}

function Outcome({ row: { progress } }: { row: NewsRowDto }) {
  const { list: words } = useOfficeText().news;
  const format = useFormat();
  if (!progress || progress.state === 'draft' || progress.state === 'scheduled') return null;
  return (
    <>
      <span>{words.delivered(format.number(deliveredOf(progress)), format.number(progress.total))}</span>
      {progress.failed > 0 && <span className={classes.failed}>{words.notDelivered(format.number(progress.failed))}</span>}
    </>
  );
}
