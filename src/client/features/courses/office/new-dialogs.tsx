import { makeUuid } from '#client/lib/make-uuid.ts';
import '@mantine/core/styles/Input.layer.css';
import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import type { OfficeTaskDto, OfficeTopicDto, ProgrammeDto } from '#shared/curriculum.ts';
import { type AnswerKind, answerKinds } from '#shared/task-keys.ts';
import { NameDialog } from './name-dialog.tsx';
import { useCurriculum } from './use-curriculum.ts';

/** One id for all presses of the button: however often the request arrives, one thing is made. */
export const useNewId = () => useState(makeUuid)[0];

export function NewTopicDialog({ course, onClose }: { course: ProgrammeDto; onClose: () => void }) {
  const { curriculum } = useOfficeText();
  const { api, change } = useCurriculum(course.slug);
  const id = useNewId();
  const words = curriculum.programme;
  return (
    <NameDialog
      title={words.addTopicTitle}
      note={words.addTopicNote}
      label={curriculum.fields.title}
      submitLabel={curriculum.act.create}
      busyLabel={curriculum.act.creating}
      onSubmit={(title) => change({ send: () => api.createTopic.mutate({ id, courseId: course.id, title }) })}
      onClose={onClose}
    />
  );
}

/** Makes a task and leads to its text. */
export function NewTaskDialog({ course, topic, onClose }: { course: ProgrammeDto; topic: OfficeTopicDto; onClose: () => void }) {
  const { curriculum } = useOfficeText();
  const { api, change } = useCurriculum(course.slug);
  const [, navigate] = useLocation();
  const [kind, setKind] = useState<AnswerKind>('number');
  const id = useNewId();
  const words = curriculum.programme;
  return (
    <NameDialog
      title={words.addTaskTitle}
      note={words.addTaskNote}
      label={curriculum.fields.title}
      submitLabel={curriculum.act.create}
      busyLabel={curriculum.act.creating}
      onSubmit={async (title) => {
        await change({ send: () => api.createTask.mutate({ id, topicId: topic.id, title, kind }) });
        navigate(`/admin/tasks/${id}`);
      }}
      onClose={onClose}
    >
      <NativeSelect
        label={words.kindLabel}
        value={kind}
        data={answerKinds.map((value) => ({ value, label: words.kindLong[value] }))}
        onChange={(event) => setKind(answerKinds.find((one) => one === event.currentTarget.value) ?? kind)}
      />
    </NameDialog>
  );
}

interface RenameProps {
  course: ProgrammeDto;
  onClose: () => void;
}

export function RenameTopicDialog({ course, topic, onClose }: RenameProps & { topic: OfficeTopicDto }) {
  const { curriculum } = useOfficeText();
  const { common } = useText();
  const { api, change } = useCurriculum(course.slug);
  return (
    <NameDialog
      title={curriculum.programme.renameTopic}
      name={topic.title}
      label={curriculum.fields.title}
      submitLabel={common.save}
      busyLabel={common.saving}
      onSubmit={(title) => change({ send: () => api.renameTopic.mutate({ id: topic.id, title }) })}
      onClose={onClose}
    />
  );
}

export function RenameTaskDialog({ course, task, onClose }: RenameProps & { task: OfficeTaskDto }) {
  const { curriculum } = useOfficeText();
  const { common } = useText();
  const { api, change } = useCurriculum(course.slug);
  return (
    <NameDialog
      title={curriculum.programme.renameTask}
      name={task.title}
      label={curriculum.fields.title}
      submitLabel={common.save}
      busyLabel={common.saving}
      onSubmit={(title) => change({ send: () => api.renameTask.mutate({ id: task.id, title }) })}
      onClose={onClose}
    />
  );
}
