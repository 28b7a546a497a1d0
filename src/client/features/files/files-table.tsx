import { IconFile, IconPhoto, IconPlayerPlay } from '@tabler/icons-react';
import { Link } from 'wouter';
import { appError, errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Button, buttonLook } from '#client/ui/button.tsx';
import { icon } from '#client/ui/icon.ts';
import table from '#client/ui/table.module.css';
import type_ from '#client/ui/type.module.css';
import type { FilePlaceDto, FilesPageDto } from '#shared/files.ts';
import { say, useUndo } from '../office/undo.tsx';
import classes from './files-table.module.css';

type Row = FilesPageDto['rows'][number];

/** A table; on a phone each row is a block of its own. */
export function FilesTable({ rows }: { rows: Row[] }) {
  const { page: words } = useOfficeText().files;
  const format = useFormat();
  const remove = useRemove();
  const { column } = words;
  return (
    <table className={`${table.table} ${classes.table}`}>
      <caption className={type_.hidden}>{words.table}</caption>
      <thead>
        <tr>
          <th scope="col">{column.file}</th>
          <th scope="col">{column.place}</th>
          <th scope="col">{column.used}</th>
          <th scope="col">{column.size}</th>
          <th scope="col">{column.added}</th>
          <th scope="col">
            <span className={type_.hidden}>{column.actions}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td className={classes.file}>
              <div className={classes.named}>
                <Preview row={row} />
                <span className={classes.names}>
                  <b>{row.title ?? row.name}</b>
                  {row.title && <span className={classes.dim}>{row.name}</span>}
                </span>
              </div>
            </td>
            <td className={classes.place}>
              <Link href={`/admin/courses/${row.course.slug}`}>{row.course.title}</Link>
              <span className={classes.dim}>{row.topic.title}</span>
            </td>
            <td className={classes.used}>
              <Uses row={row} />
            </td>
            <td className={classes.size}>{format.fileSize(row.size)}</td>
            <td className={classes.added}>
              <time dateTime={row.addedAt}>{format.date(row.addedAt)}</time>
            </td>
            <td className={classes.actions}>
              <a
                {...buttonLook({ variant: 'subtle', size: 'sm' })}
                href={row.url}
                download={row.name}
                aria-label={words.downloadOf(row.name)}
              >
                {words.download}
              </a>
              {row.usedIn.length === 0 && row.listedAt === null && (
                <Button size="sm" variant="subtle" aria-label={words.removeOf(row.name)} onClick={() => void remove(row)}>
                  {words.remove}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Preview({ row: { previewUrl, mime } }: { row: Row }) {
  if (previewUrl !== null) return <img className={classes.preview} src={previewUrl} alt="" width={48} height={48} loading="lazy" />;
  const Sign = mime.startsWith('video/') ? IconPlayerPlay : mime.startsWith('image/') ? IconPhoto : IconFile;
  return (
    <span className={classes.preview}>
      <Sign {...icon.md} />
    </span>
  );
}

/** The first few places; a file is seldom in more. */
const shownPlaces = 3;

function Uses({ row }: { row: Row }) {
  const { page: words } = useOfficeText().files;
  const listed = row.listedAt !== null;
  if (row.usedIn.length === 0 && !listed) return <span className={classes.dim}>{words.unused}</span>;
  const more = row.usedIn.length - shownPlaces;
  return (
    <ul>
      {listed && <li>{words.listed}</li>}
      {row.usedIn.slice(0, shownPlaces).map((place) => (
        <li key={`${place.kind}-${place.taskId}-${place.title}-${place.draft}`}>
          <Place place={place} topicId={row.topic.id} />
          {place.draft && <span className={classes.dim}> ({words.draft})</span>}
        </li>
      ))}
      {more > 0 && <li className={classes.dim}>{words.moreUses(more)}</li>}
    </ul>
  );
}

function Place({ place, topicId }: { place: FilePlaceDto; topicId: string }) {
  const { page: words } = useOfficeText().files;
  if (place.kind === 'theory') return <Link href={`/admin/theory/${topicId}`}>{words.inTheory}</Link>;
  if (place.kind === 'task') return <Link href={`/admin/tasks/${place.taskId}`}>{words.inTask(place.title)}</Link>;
  return words.inVideo(place.title);
}

/** Takes a file out of its topic, with the way back for as long as the notice stands. */
function useRemove() {
  const { page: words } = useOfficeText().files;
  const text = useText();
  const format = useFormat();
  const undo = useUndo();
  const utils = trpc.useUtils();
  const refresh = () => Promise.all([utils.files.list.invalidate(), utils.files.ofTopic.invalidate()]);
  return async (row: Row) => {
    try {
      await utils.client.files.remove.mutate({ fileId: row.id });
      undo({
        message: words.removed(row.title ?? row.name),
        undo: () => utils.client.files.restore.mutate({ fileId: row.id }).finally(refresh),
      });
    } catch (error) {
      say(appError(error)?.code === 'FILES_IN_USE' ? words.inUse : errorText(error, text, format));
    }
    await refresh();
  };
}
