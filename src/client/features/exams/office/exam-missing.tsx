import { OfficePage } from '#client/features/office/office-page.tsx';
import { appError } from '#client/lib/errors.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { LinkButton } from '#client/ui/link-button.tsx';

/** There is no such exam, or the address is none. */
export function isMissing(error: unknown): boolean {
  const code = appError(error)?.code;
  return code === 'EXAMS_NOT_FOUND' || code === 'INPUT_INVALID';
}

export function ExamMissing() {
  const { exams: words, shell } = useOfficeText();
  return (
    <OfficePage title={words.missing} trail={[{ href: '/admin/courses', label: shell.nav.courses }]}>
      <EmptyState title={words.missing} action={<LinkButton href="/admin/courses">{words.toCourses}</LinkButton>}>
        {words.missingText}
      </EmptyState>
    </OfficePage>
  );
}
