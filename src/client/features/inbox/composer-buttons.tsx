import { IconBookmark, IconTemplate } from '@tabler/icons-react';
import { useOfficeText } from '#client/lib/office-text.ts';
import { Button } from '#client/ui/button.tsx';
import { icon } from '#client/ui/icon.ts';

/** By this id the keyboard finds it. */
export const templatesButtonId = 'thread-templates';

export function TemplatesButton({ onOpen }: { onOpen: () => void }) {
  const { templates } = useOfficeText().inbox;
  return (
    <Button
      id={templatesButtonId}
      size="sm"
      variant="subtle"
      title={`${templates.open} (Ctrl + /)`}
      leftSection={<IconTemplate {...icon.sm} />}
      onClick={onOpen}
    >
      {templates.open}
    </Button>
  );
}

/** The newest answer here becomes an article of questions and answers. */
export function ArticleButton({ onClick }: { onClick: () => void }) {
  const { inbox } = useOfficeText();
  return (
    <Button size="sm" variant="subtle" leftSection={<IconBookmark {...icon.sm} />} onClick={onClick}>
      {inbox.toArticle}
    </Button>
  );
}
