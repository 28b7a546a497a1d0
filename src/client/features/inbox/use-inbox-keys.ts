import { useEffect, useEffectEvent } from 'react';
import { commandOf, type InboxCommand } from './keys.ts';
import { letterKeys } from './letter-keys.ts';

const fields = 'input:not([type="checkbox"], [type="radio"], [type="button"]), textarea, select, [contenteditable="true"]';

/**
 * Keys pressed anywhere on the page, as long as nothing lies over it.
 * @param inList the element whose rows arrows go through
 */
export function useInboxKeys(open: boolean, inList: (focused: Element) => boolean, run: (command: InboxCommand) => void): void {
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open], [role="menu"]')) return;
    const focused = event.target instanceof Element ? event.target : document.body;
    const typing = focused.matches(fields);
    const command = commandOf(event, { typing, inList: inList(focused), open, letters: letterKeys.get() });
    if (!command) return;
    event.preventDefault();
    run(command);
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => pressed(event);
    // What a component does with the key itself comes first.
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
