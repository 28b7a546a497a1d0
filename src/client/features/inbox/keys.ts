/** Keys of the inbox. Letters are taken by their place on the keyboard: on a Russian layout «о» lies where «j» does. */

export const inboxCommands = ['next', 'previous', 'reply', 'search', 'close', 'templates', 'leave', 'back', 'help'] as const;
export type InboxCommand = (typeof inboxCommands)[number];

interface Pressed {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

interface Where {
  /** In a field: its letters are letters. */
  typing: boolean;
  /** In the list, where arrows go from row to row; elsewhere they scroll. */
  inList: boolean;
  /** A thread is open. */
  open: boolean;
  /** Single keys are not switched off. */
  letters: boolean;
}

export function commandOf(pressed: Pressed, { typing, inList, open, letters }: Where): InboxCommand | null {
  const { key, code, ctrlKey, metaKey, altKey, shiftKey } = pressed;
  if (altKey) return null;
  if (ctrlKey || metaKey) return code === 'Slash' && !shiftKey && open ? 'templates' : null;
  if (key === 'Escape') return typing ? 'leave' : open ? 'back' : null;
  if (typing) return null;
  if (inList && key === 'ArrowDown') return 'next';
  if (inList && key === 'ArrowUp') return 'previous';
  if (!letters) return null;
  // On a Russian layout the question mark lies on the 7.
  if (key === '?' || (code === 'Slash' && shiftKey)) return 'help';
  if (shiftKey) return null;
  if (key === '/' || code === 'Slash') return 'search';
  if (code === 'KeyJ') return 'next';
  if (code === 'KeyK') return 'previous';
  if (code === 'KeyR' && open) return 'reply';
  if (code === 'KeyE' && open) return 'close';
  return null;
}
