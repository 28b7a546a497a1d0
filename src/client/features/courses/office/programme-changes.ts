import type { OfficeTaskDto, OfficeTopicDto, ProgrammeDto } from '#shared/curriculum.ts';

/** What the programme looks like after a change, before the server has said so. */

export function withTopic(programme: ProgrammeDto, id: string, change: Partial<OfficeTopicDto>): ProgrammeDto {
  return { ...programme, topics: programme.topics.map((topic) => (topic.id === id ? { ...topic, ...change } : topic)) };
}

export function withoutTopic(programme: ProgrammeDto, id: string): ProgrammeDto {
  return { ...programme, topics: programme.topics.filter((topic) => topic.id !== id) };
}

/** Topics move, their dates stay at their places. */
export function withTopicMoved(programme: ProgrammeDto, id: string, beforeId: string | null): ProgrammeDto {
  const moved = before(programme.topics, id, beforeId);
  return { ...programme, topics: moved.map((topic, index) => ({ ...topic, opensAt: programme.topics[index]?.opensAt ?? topic.opensAt })) };
}

export function withTask(programme: ProgrammeDto, id: string, change: Partial<OfficeTaskDto>): ProgrammeDto {
  return withTasks(programme, (tasks) => tasks.map((task) => (task.id === id ? { ...task, ...change } : task)));
}

export function withoutTask(programme: ProgrammeDto, id: string): ProgrammeDto {
  return withTasks(programme, (tasks) => tasks.filter((task) => task.id !== id));
}

export function withTaskMoved(programme: ProgrammeDto, id: string, topicId: string, beforeId: string | null): ProgrammeDto {
  const task = programme.topics.flatMap((topic) => topic.tasks).find((one) => one.id === id);
  if (!task) return programme;
  const topics = withoutTask(programme, id).topics;
  return {
    ...programme,
    topics: topics.map((topic) => (topic.id === topicId ? { ...topic, tasks: before([...topic.tasks, task], id, beforeId) } : topic)),
  };
}

function withTasks(programme: ProgrammeDto, change: (tasks: OfficeTaskDto[]) => OfficeTaskDto[]): ProgrammeDto {
  return { ...programme, topics: programme.topics.map((topic) => ({ ...topic, tasks: change(topic.tasks) })) };
}

export function before<T extends { id: string }>(items: readonly T[], id: string, beforeId: string | null): T[] {
  const moved = items.find((item) => item.id === id);
  if (!moved || beforeId === id) return [...items];
  const rest = items.filter((item) => item.id !== id);
  const at = rest.findIndex((item) => item.id === beforeId);
  return rest.toSpliced(at === -1 ? rest.length : at, 0, moved);
}
