import { IconCloudCheck } from '@tabler/icons-react';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { icon } from '#client/ui/icon.ts';
import panel from './programme.module.css';
import type { Saving } from './use-autosave.ts';

/** What became of the fields that save themselves: one place for all of them. */
export function SavedLine({ states }: { states: Saving[] }) {
  const { shell } = useOfficeText();
  const format = useFormat();
  const has = (state: Saving['state']) => states.some((one) => one.state === state);
  const saved = Math.max(0, ...states.map((one) => (one.state === 'saved' ? one.at : 0)));
  return (
    <p className={panel.saved} role="status">
      {has('retrying') ? (
        shell.notSaved
      ) : has('saving') ? (
        shell.saving
      ) : saved > 0 && !has('refused') ? (
        <>
          <IconCloudCheck {...icon.sm} /> {shell.savedAt(format.time(saved))}
        </>
      ) : null}
    </p>
  );
}
