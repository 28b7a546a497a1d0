import { NameDialog } from '#client/features/courses/office/name-dialog.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import type { FaqCategoryDto } from '#shared/support.ts';
import { faqLimits } from '#shared/support-limits.ts';
import { useFaq } from './use-faq.ts';

interface CategoryDialogProps {
  /** Null: a new one. */
  category: FaqCategoryDto | null;
  onClose: () => void;
}

export function CategoryDialog({ category, onClose }: CategoryDialogProps) {
  const { category: words } = useOfficeText().faq;
  const { createCategory, renameCategory } = useFaq();
  return (
    <NameDialog
      title={category ? words.renameTitle : words.newTitle}
      name={category?.title ?? ''}
      label={words.label}
      limit={faqLimits.category}
      submitLabel={category ? words.save : words.create}
      busyLabel={category ? words.saving : words.creating}
      onSubmit={(title) => (category ? renameCategory(category.id, title) : createCategory(title))}
      onClose={onClose}
    />
  );
}
