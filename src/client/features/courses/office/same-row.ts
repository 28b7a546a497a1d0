interface Row {
  course: object;
  topic: { id: string };
  tasks: readonly { id: string }[];
  number: number;
  now: number;
  open: boolean;
  chosen: boolean;
  before: string | null;
  after: string | null;
  afterNext: string | null;
  reorder: { lifted: string | null };
  taskReorder: { lifted: string | null };
}

const plain = ['course', 'topic', 'number', 'now', 'open', 'chosen', 'before', 'after', 'afterNext'] as const;

/**
 * Would a topic of the tree look the same? While one is moved the whole tree is asked at every key and every pixel, and a hundred topics with a menu
 * each take longer than a key is held. Functions are not compared: they act on the course and on what is lifted, and both are.
 */
export function isSameRow(a: Row, b: Row): boolean {
  return (
    plain.every((key) => a[key] === b[key]) &&
    a.tasks.length === b.tasks.length &&
    a.tasks.every((task, index) => task === b.tasks[index]) &&
    isLifted(a) === isLifted(b) &&
    liftedTask(a) === liftedTask(b)
  );
}

const isLifted = ({ topic, reorder }: Row) => reorder.lifted === topic.id;
const liftedTask = ({ tasks, taskReorder }: Row) => tasks.find(({ id }) => id === taskReorder.lifted)?.id ?? null;
