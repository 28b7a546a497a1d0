import { useOfficeText } from '#client/lib/office-text.ts';
import { Dialog } from '#client/ui/dialog.tsx';
import layout from '#client/ui/layout.module.css';
import { LinkButton } from '#client/ui/link-button.tsx';
import type { OfficeTaskDto } from '#shared/curriculum.ts';
import type { NotPublished } from './use-task-actions.ts';

/** Why a task was not published, and the way to where it is seen to. */
export function NotPublishedDialog({ task, outcome, onClose }: { task: OfficeTaskDto; outcome: NotPublished; onClose: () => void }) {
  const { curriculum } = useOfficeText();
  return (
    <Dialog title={task.title} small onClose={onClose}>
      <div className={layout.formStack}>
        <p>{curriculum.programme.notPublished[outcome]}</p>
        <div>
          <LinkButton href={`/admin/tasks/${task.id}`}>{curriculum.act.open}</LinkButton>
        </div>
      </div>
    </Dialog>
  );
}
