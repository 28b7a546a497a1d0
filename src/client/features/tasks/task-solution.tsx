import { IconBulb } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useText } from '#client/lib/i18n.tsx';
import { trpc } from '#client/lib/trpc.ts';
import { Button } from '#client/ui/button.tsx';
import { icon } from '#client/ui/icon.ts';
import { Prose } from '#client/ui/prose.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonText } from '#client/ui/skeleton.tsx';
import classes from './task-card.module.css';

/** Fetched when it is asked for, never before: a solution is not in the page until then. */
export function TaskSolution({ taskId }: { taskId: string }) {
  const text = useText().tasks.solution;
  const id = useId();
  const [open, setOpen] = useState(false);
  const query = trpc.tasks.solution.useQuery({ taskId }, { enabled: open, staleTime: Number.POSITIVE_INFINITY });
  return (
    <>
      <Button
        variant="subtle"
        size="sm"
        className={classes.solutionButton}
        leftSection={<IconBulb {...icon.md} />}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        {open ? text.hide : text.show}
      </Button>
      {open && (
        <div id={id} className={classes.solution}>
          <h4>{text.title}</h4>
          <QueryView query={query} level={4} errorTitle={text.failed} skeleton={<SkeletonText lines={4} lineHeight={24} />}>
            {({ html }) => <Prose html={html} size="plain" />}
          </QueryView>
        </div>
      )}
    </>
  );
}
