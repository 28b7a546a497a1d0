import { Link, useLocation } from 'wouter';
import { RowMenu } from '#client/features/courses/office/row-menu.tsx';
import { say, useUndo } from '#client/features/office/undo.tsx';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import layout from '#client/ui/layout.module.css';
import { LinkButton } from '#client/ui/link-button.tsx';
import { NoteBox } from '#client/ui/note-box.tsx';
import { type OfficeScaleDto, primaryForTarget, type ScaleSubjectDto } from '#shared/scales.ts';
import { newYear, scalePath } from './scale-paths.ts';
import classes from './scales.module.css';
import { useScaleChange } from './use-scale-change.ts';

export function ScaleList({ subjects }: { subjects: ScaleSubjectDto[] }) {
  const { scales: words } = useOfficeText();
  if (subjects.length === 0) {
    return (
      <EmptyState title={words.empty} action={<LinkButton href="/admin/settings">{words.settings}</LinkButton>}>
        {words.emptyText}
      </EmptyState>
    );
  }
  return (
    <>
      <p className={classes.note}>{words.note}</p>
      <p className={classes.note}>{words.rule}</p>
      {subjects.map((subject) => (
        <Subject key={subject.id} subject={subject} />
      ))}
    </>
  );
}

function Subject({ subject }: { subject: ScaleSubjectDto }) {
  const { scales: words } = useOfficeText();
  const newest = subject.scales[0];
  return (
    <section className={classes.subject} aria-labelledby={`subject-${subject.id}`}>
      <div className={classes.head}>
        <h2 id={`subject-${subject.id}`}>{subject.title}</h2>
        <span className={classes.max}>{words.max(subject.maxPrimary)}</span>
      </div>
      {newest && newest.points.length !== subject.maxPrimary && (
        <NoteBox tone="warn" className={classes.warning}>
          {words.otherMax(newest.year, newest.points.length, subject.maxPrimary)}
        </NoteBox>
      )}
      {newest ? (
        <ul className={layout.list}>
          {subject.scales.map((scale) => (
            <Row key={scale.year} subject={subject} scale={scale} isNewest={scale === newest} />
          ))}
        </ul>
      ) : (
        <p className={classes.max}>{words.none}</p>
      )}
      <div className={classes.add}>
        <LinkButton href={scalePath(subject.id, newYear)} size="sm" variant="default" aria-label={words.addTo(subject.title)}>
          {words.add}
        </LinkButton>
      </div>
    </section>
  );
}

function Row({ subject, scale, isNewest }: { subject: ScaleSubjectDto; scale: OfficeScaleDto; isNewest: boolean }) {
  const text = useText();
  const format = useFormat();
  const { scales: words } = useOfficeText();
  const { api, changed } = useScaleChange();
  const [, navigate] = useLocation();
  const offerUndo = useUndo();
  const { year, points, exams } = scale;
  const path = scalePath(subject.id, year);

  async function remove() {
    const key = { subjectId: subject.id, year };
    try {
      const removed = await api.remove.mutate(key);
      offerUndo({
        message: words.removed(subject.title, year),
        undo: async () => {
          const { outcome } = await api.restore.mutate({ ...key, ...removed });
          await changed();
          // Somebody has written another table of this year meanwhile: that one stays.
          if (outcome === 'conflict') throw new Error(outcome);
        },
      });
    } catch (error) {
      say(errorText(error, text, format));
    }
    await changed();
  }

  return (
    <li className={classes.row}>
      <span className={classes.what}>
        <span className={classes.year}>
          <Link href={path}>{words.year(year)}</Link>
          {isNewest && <span className={`${layout.tag} ${layout.tagBoard}`}>{words.newest}</span>}
        </span>
        <span className={classes.facts}>
          <span>{words.points(points.length)}</span>
          {[60, 80].map((target) => {
            const primary = primaryForTarget(points, target);
            return primary !== null && <span key={target}>{words.reach(target, primary)}</span>;
          })}
          {exams > 0 && <span>{words.exams(exams)}</span>}
        </span>
      </span>
      <RowMenu
        name={words.scaleOf(subject.title, year)}
        actions={[
          { label: words.edit, act: () => navigate(path) },
          { label: exams > 0 ? words.inUse(exams) : words.remove, act: exams > 0 ? undefined : remove, apart: true },
        ]}
      />
    </li>
  );
}
