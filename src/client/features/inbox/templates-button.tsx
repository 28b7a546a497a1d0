import '@mantine/core/styles/ActionIcon.layer.css';
import { ActionIcon } from '@mantine/core';
import { IconTemplate } from '@tabler/icons-react';
import { useOfficeText } from '#client/lib/office-text.ts';
import { icon } from '#client/ui/icon.ts';

/** By this id the keyboard finds it. */
export const templatesButtonId = 'thread-templates';

export function TemplatesButton({ onOpen }: { onOpen: () => void }) {
  const { templates } = useOfficeText().inbox;
  return (
    <ActionIcon id={templatesButtonId} aria-label={templates.open} title={`${templates.open} (Ctrl + /)`} onClick={onOpen}>
      <IconTemplate {...icon.md} />
    </ActionIcon>
  );
}
