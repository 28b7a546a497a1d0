import { useState } from 'react';
import { trpc } from '#client/lib/trpc.ts';
import { idIn, type Named } from './thing-id.ts';

/** Gives a thing another title; what is on the page is read again before it is said to be done. */
export function useRename(thing: Named) {
  const utils = trpc.useUtils();
  const renameTask = trpc.courses.office.renameTask.useMutation();
  const renameTopic = trpc.courses.office.renameTopic.useMutation();
  const updateCourse = trpc.courses.office.updateCourse.useMutation();
  const [former, setFormer] = useState<string | null>(null);
  const [done, setDone] = useState<'renamed' | 'undone' | null>(null);

  /** @throws what the server refused */
  async function write(title: string): Promise<void> {
    const programme = thing.kind === 'task' ? undefined : await utils.courses.office.programme.ensureData({ course: thing.course });
    const id = idIn(thing, programme);
    // Deleted since the page was opened: read again, it says so itself.
    if (id === undefined) return utils.courses.invalidate();
    const input = { id, title };
    if (thing.kind === 'task') await renameTask.mutateAsync(input);
    else if (thing.kind === 'topic') await renameTopic.mutateAsync(input);
    else await updateCourse.mutateAsync(input);
    await Promise.all([utils.courses.invalidate(), utils.progress.invalidate()]);
  }

  return {
    done,
    async rename(title: string): Promise<void> {
      const before = thing.title;
      if (title === before) return;
      await write(title);
      setFormer(before);
      setDone('renamed');
    },
    async undo(): Promise<void> {
      if (former === null) return;
      await write(former);
      setDone('undone');
    },
  };
}
