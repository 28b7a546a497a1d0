import '@mantine/core/styles/Checkbox.layer.css';
import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Input.layer.css';
import { Checkbox } from '@mantine/core';
import { Fragment } from 'react';
import { useOfficeText } from '#client/lib/office-text.ts';
import { Dialog } from '#client/ui/dialog.tsx';
import classes from './keys.module.css';
import { letterKeys } from './letter-keys.ts';

const keys = [
  ['next', 'J', '↓'],
  ['previous', 'K', '↑'],
  ['open', 'Enter'],
  ['reply', 'R'],
  ['send', 'Ctrl + Enter'],
  ['templates', 'Ctrl + /'],
  ['close', 'E'],
  ['search', '/'],
  ['back', 'Esc'],
  ['help', '?'],
] as const;

/** What the keyboard can do in the inbox. Single letters can be switched off: who speaks to the computer would press them by accident. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const { keys: words } = useOfficeText().inbox;
  const on = letterKeys.use();
  return (
    <Dialog small title={words.title} onClose={onClose}>
      <dl className={classes.keys}>
        {keys.map(([command, ...ways]) => (
          <div key={command}>
            <dt>{words[command]}</dt>
            <dd>
              {ways.map((way, index) => (
                <Fragment key={way}>
                  {index > 0 && ` ${words.or} `}
                  <kbd className={classes.key}>{way}</kbd>
                </Fragment>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <p className={classes.note}>{words.note}</p>
      <Checkbox size="md" label={words.on} checked={on} onChange={(event) => letterKeys.set(event.currentTarget.checked)} />
    </Dialog>
  );
}
