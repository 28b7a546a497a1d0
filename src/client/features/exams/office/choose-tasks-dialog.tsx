import '@mantine/core/styles/Input.layer.css';
import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Checkbox.layer.css';
import { Checkbox, NativeSelect } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import office from '#client/features/office/list/filters.module.css';
import { SearchField } from '#client/features/office/list/search-field.tsx';
import { ShowMore } from '#client/features/office/list/show-more.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import { examLimits } from '#shared/exams.ts';
import type { CandidatesDto, OfficeExamDto, OfficeExamTaskDto } from '#shared/exams-office.ts';
import classes from './choose-tasks.module.css';
import { TaskFacts } from './task-facts.tsx';
import type { ExamTasks } from './use-exam-tasks.ts';

interface ChooseTasksDialogProps {
  exam: OfficeExamDto;
  tasks: ExamTasks;
  onClose: () => void;
}

const anything = { q: '', topicId: null as string | null, number: null as number | null, free: false };
type Filter = typeof anything;

/** Tasks of the course to be ticked; what is ticked stays so while one searches on. */
export function ChooseTasksDialog({ exam, tasks, onClose }: ChooseTasksDialogProps) {
  const { choose: words } = useOfficeText().exams;
  const [filter, setFilter] = useState<Filter>(anything);
  const [q] = useDebouncedValue(filter.q.trim(), 250);
  const [chosen, setChosen] = useState<ReadonlyMap<string, OfficeExamTaskDto>>(new Map());
  const [state, setState] = useState<{ busy?: boolean; problem?: string }>({});
  const list = trpc.exams.office.candidates.useInfiniteQuery(
    { examId: exam.id, ...filter, q },
    { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData, staleTime: 0 },
  );
  const narrow = (part: Partial<Filter>) => setFilter((before) => ({ ...before, ...part }));
  const tick = (some: readonly OfficeExamTaskDto[], on: boolean) =>
    setChosen((before) => {
      const next = new Map(before);
      for (const task of some) if (on) next.set(task.id, task);
      for (const task of some) if (!on) next.delete(task.id);
      return next;
    });
  const sum = [...chosen.values()].reduce((total, task) => total + task.points, 0);
  const tooMany = exam.tasks.length + chosen.size > examLimits.tasks;

  async function add() {
    if (state.busy) return;
    if (chosen.size === 0 || tooMany) {
      setState({ problem: tooMany ? words.tooMany(examLimits.tasks) : words.noneChosen });
      return;
    }
    setState({ busy: true });
    try {
      await tasks.add([...chosen.values()]);
      onClose();
    } catch (error) {
      setState({ problem: tasks.told(error) });
    }
  }

  return (
    <Dialog title={words.title} wide onClose={onClose}>
      <Filters filter={filter} filters={list.data?.pages[0]?.filters ?? null} onChange={narrow} />
      <QueryView query={list} skeleton={<SkeletonBlock height={320} />} errorTitle={words.failed} level={3}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.rows);
          if (rows.length === 0) {
            return (
              <EmptyState
                title={words.none}
                level={3}
                action={
                  <Button size="sm" variant="default" onClick={() => setFilter(anything)}>
                    {words.reset}
                  </Button>
                }
              >
                {words.noneText}
              </EmptyState>
            );
          }
          return (
            <div aria-busy={list.isPlaceholderData}>
              <Button size="sm" variant="subtle" onClick={() => tick(rows, true)}>
                {words.all}
              </Button>
              <ul className={classes.list} aria-label={words.list}>
                {rows.map((task) => (
                  <li key={task.id}>
                    <Checkbox
                      size="sm"
                      radius="sm"
                      classNames={{ body: classes.body, labelWrapper: classes.labelWrapper, label: classes.label }}
                      label={task.title}
                      description={<TaskFacts task={task} />}
                      checked={chosen.has(task.id)}
                      onChange={(event) => tick([task], event.currentTarget.checked)}
                    />
                  </li>
                ))}
              </ul>
              <ShowMore list={list} />
            </div>
          );
        }}
      </QueryView>
      <div className={classes.foot}>
        <BusyButton type="button" busy={state.busy ?? false} busyLabel={words.adding} onClick={() => void add()}>
          {chosen.size === 0 ? words.addNone : words.add(chosen.size)}
        </BusyButton>
        <span role="status">{chosen.size > 0 && words.chosen(chosen.size, sum)}</span>
        <FormError>{state.problem}</FormError>
      </div>
    </Dialog>
  );
}

interface FiltersProps {
  filter: Filter;
  filters: CandidatesDto['filters'];
  onChange: (part: Partial<Filter>) => void;
}

function Filters({ filter, filters, onChange }: FiltersProps) {
  const { choose: words } = useOfficeText().exams;
  return (
    <search className={classes.filters}>
      <SearchField label={words.search} typed={filter.q} onType={(q) => onChange({ q })} />
      <NativeSelect
        size="sm"
        classNames={{ input: office.control }}
        aria-label={words.topic}
        value={filter.topicId ?? ''}
        onChange={(event) => onChange({ topicId: event.currentTarget.value || null })}
        data={[{ value: '', label: words.anyTopic }, ...(filters?.topics ?? []).map(({ id, title }) => ({ value: id, label: title }))]}
      />
      <NativeSelect
        size="sm"
        classNames={{ input: office.control }}
        aria-label={words.numberLabel}
        value={filter.number === null ? '' : String(filter.number)}
        onChange={(event) => onChange({ number: event.currentTarget.value === '' ? null : Number(event.currentTarget.value) })}
        data={[
          { value: '', label: words.anyNumber },
          ...(filters?.numbers ?? []).map((number) => ({ value: String(number), label: words.number(number) })),
        ]}
      />
      <Checkbox
        size="sm"
        radius="sm"
        className={classes.free}
        label={words.free}
        checked={filter.free}
        onChange={(event) => onChange({ free: event.currentTarget.checked })}
      />
    </search>
  );
}
