import { useMediaQuery } from '@mantine/hooks';
import { useLocation, useSearch } from 'wouter';
import { useNow } from '#client/lib/now.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { Button } from '#client/ui/button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { NoteBox } from '#client/ui/note-box.tsx';
import type { OfficeTopicDto, ProgrammeDto } from '#shared/curriculum.ts';
import { Bin } from './bin.tsx';
import classes from './programme.module.css';
import { TopicPanel } from './topic-panel.tsx';
import { TopicTree } from './topic-tree.tsx';
import { useCurriculum } from './use-curriculum.ts';

/** The tree of a course, and beside it the topic that was chosen. */
export function Programme({ course, onAddTopic }: { course: ProgrammeDto; onAddTopic: () => void }) {
  const { curriculum } = useOfficeText();
  const { api, act } = useCurriculum(course.slug);
  const now = useNow(60_000);
  const [chosenId, choose] = useChosen();
  const chosen = course.topics.find((topic) => topic.id === chosenId) ?? null;
  const publish = () =>
    act({ programme: (before) => ({ ...before, published: true }), send: () => api.publishCourse.mutate({ id: course.id }) }, () => ({
      message: curriculum.done.course.published(course.title),
      undo: () => act({ send: () => api.unpublishCourse.mutate({ id: course.id }) }),
    }));
  return (
    <>
      {!course.published && (
        <NoteBox tone="warn" className={classes.draft}>
          <div className={classes.draftBody}>
            <span>{curriculum.course.draftNote}</span>
            <Button size="sm" variant="default" onClick={publish}>
              {curriculum.course.publish}
            </Button>
          </div>
        </NoteBox>
      )}
      <div className={chosen ? classes.split : undefined}>
        <div>
          {course.topics.length === 0 ? (
            <EmptyState
              title={curriculum.programme.empty}
              action={
                <Button variant="default" onClick={onAddTopic}>
                  {curriculum.programme.addTopic}
                </Button>
              }
            >
              {curriculum.programme.emptyText}
            </EmptyState>
          ) : (
            <TopicTree course={course} now={now} chosen={chosenId} onChoose={choose} />
          )}
          <Bin course={course} />
        </div>
        {chosen && <Chosen course={course} topic={chosen} now={now} onClose={() => choose(null)} />}
      </div>
    </>
  );
}

interface ChosenProps {
  course: ProgrammeDto;
  topic: OfficeTopicDto;
  now: number;
  onClose: () => void;
}

/** Beside the tree where there is room, else over it. */
function Chosen({ course, topic, now, onClose }: ChosenProps) {
  const { curriculum } = useOfficeText();
  const wide = useMediaQuery('(min-width: 1024px)', undefined, { getInitialValueInEffect: false });
  const title = curriculum.topic.title(course.topics.indexOf(topic) + 1);
  // The way back is offered at the foot of the page, where a dialog would cover it.
  const panel = <TopicPanel key={topic.id} course={course} topic={topic} now={now} onOpened={wide ? undefined : onClose} />;
  if (!wide)
    return (
      <Dialog title={title} small onClose={onClose}>
        {panel}
      </Dialog>
    );
  return (
    <aside className={classes.panel} aria-labelledby="chosen-topic">
      <h2 id="chosen-topic">{title}</h2>
      {panel}
    </aside>
  );
}

/** In the address, so that it survives a reload and may be sent to a colleague. */
function useChosen(): [string | null, (id: string | null) => void] {
  const search = new URLSearchParams(useSearch());
  const [path, navigate] = useLocation();
  return [search.get('topic'), (id) => navigate(id === null ? path : `${path}?topic=${id}`, { replace: true })];
}
