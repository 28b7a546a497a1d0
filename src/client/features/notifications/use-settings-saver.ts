import { useEffect, useState } from 'react';
import { offline } from '#client/lib/online.ts';
import { trpc } from '#client/lib/trpc.ts';
import { createSaver, type Saver } from './saver.ts';
import { type SettingChange, withChanges } from './setting-changes.ts';

export type SettingsSaver = Saver<SettingChange>;

/** Every change of the settings saves itself; what could not be sent goes by itself when the connection is back. */
export function useSettingsSaver(): SettingsSaver {
  const utils = trpc.useUtils();
  const { mutateAsync: setMode } = trpc.notifications.setMode.useMutation();
  const { mutateAsync: setQuiet } = trpc.notifications.setQuiet.useMutation();
  const [saver] = useState(() =>
    createSaver<SettingChange>({
      send: (change) => (change.of === 'mode' ? setMode(change.input) : setQuiet(change.input)),
      onSaved(change) {
        // What is being read now was perhaps read before this was saved.
        void utils.notifications.settings.cancel();
        utils.notifications.settings.setData(undefined, (before) => before && withChanges(before, [change]));
      },
    }),
  );
  useEffect(() => offline.subscribe(() => offline.get() === null && saver.state.get().failed && saver.retry()), [saver]);
  return saver;
}

/** What is to be said of the changes about one thing: `belongs` knows them by their names. */
export function useSaveState(saver: SettingsSaver, belongs: (about: string) => boolean): 'idle' | 'saving' | 'saved' | 'failed' {
  const { waiting, failed, saved } = saver.state.use();
  if ([...waiting.keys()].some(belongs)) return failed ? 'failed' : 'saving';
  return [...saved].some(belongs) ? 'saved' : 'idle';
}
