import '@mantine/core/styles/Input.layer.css';
import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useOfficeText } from '#client/lib/office-text.ts';
import { Button } from '#client/ui/button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import layout from '#client/ui/layout.module.css';
import type { OfficeTaskDto, OfficeTopicDto, ProgrammeDto } from '#shared/curriculum.ts';

interface MoveTaskDialogProps {
  course: ProgrammeDto;
  topic: OfficeTopicDto;
  task: OfficeTaskDto;
  onMove: (topicId: string) => void;
  onClose: () => void;
}

/** The way to another topic without dragging. */
export function MoveTaskDialog({ course, topic, task, onMove, onClose }: MoveTaskDialogProps) {
  const { curriculum } = useOfficeText();
  const words = curriculum.programme;
  const others = course.topics
    .map((one, index) => ({ value: one.id, label: `${index + 1}. ${one.title}` }))
    .filter(({ value }) => value !== topic.id);
  const [to, setTo] = useState(others[0]?.value ?? '');
  return (
    <Dialog title={words.moveToTitle(task.title)} small onClose={onClose}>
      <form
        className={layout.formStack}
        onSubmit={(event) => {
          event.preventDefault();
          onMove(to);
          onClose();
        }}
      >
        <NativeSelect label={words.moveToLabel} value={to} data={others} onChange={(event) => setTo(event.currentTarget.value)} />
        <div>
          <Button type="submit">{words.moveToAct}</Button>
        </div>
      </form>
    </Dialog>
  );
}
