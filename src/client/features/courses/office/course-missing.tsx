import { OfficePage } from '#client/features/office/office-page.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { LinkButton } from '#client/ui/link-button.tsx';

export function CourseMissing() {
  const { curriculum, shell } = useOfficeText();
  const words = curriculum.course;
  return (
    <OfficePage title={words.missing} trail={[{ href: '/admin/courses', label: shell.nav.courses }]}>
      <EmptyState title={words.missing} action={<LinkButton href="/admin/courses">{words.toCourses}</LinkButton>}>
        {words.missingText}
      </EmptyState>
    </OfficePage>
  );
}
