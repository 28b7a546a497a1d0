import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { Button } from '#client/ui/button.tsx';
import type { ProgrammeDto } from '#shared/curriculum.ts';
import classes from './bin.module.css';
import { useCurriculum } from './use-curriculum.ts';

/** Topics and tasks that were deleted: they can be put back long after the notice has gone. */
export function Bin({ course }: { course: ProgrammeDto }) {
  const { curriculum } = useOfficeText();
  const { api, act } = useCurriculum(course.slug);
  const words = curriculum.bin;
  return (
    <BinList
      items={course.bin.map(({ kind, id, title, topic, deletedAt }) => ({
        id,
        title,
        about: topic === null ? words.topic : words.taskOf(topic),
        deletedAt,
        restore: () =>
          act({ send: () => (kind === 'topic' ? api.restoreTopic : api.restoreTask).mutate({ id }) }, () =>
            curriculum.done[kind].restored(title),
          ),
      }))}
    />
  );
}

interface BinItem {
  id: string;
  title: string;
  about: string;
  deletedAt: string;
  restore: () => void;
}

export function BinList({ items }: { items: BinItem[] }) {
  const { curriculum } = useOfficeText();
  const format = useFormat();
  const words = curriculum.bin;
  if (items.length === 0) return null;
  return (
    <details className={classes.bin}>
      <summary>
        {words.title} <span className={classes.count}>{format.number(items.length)}</span>
      </summary>
      <p className={classes.note}>{words.note}</p>
      <ul className={classes.list}>
        {items.map(({ id, title, about, deletedAt, restore }) => (
          <li key={id}>
            <span className={classes.what}>
              <span>{title}</span>
              <span className={classes.about}>
                {about}, {words.deletedOn(format.daysAgo(deletedAt))}
              </span>
            </span>
            <Button size="sm" variant="default" aria-label={`${curriculum.act.restore}: ${title}`} onClick={restore}>
              {curriculum.act.restore}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}
