import { OfficePage } from '#client/features/office/office-page.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { CourseFromZip } from './course-from-zip.tsx';

/** A course that the school does not have yet, or has: the archive says which. */
export function CourseImportPage() {
  const { transfer, shell } = useOfficeText();
  return (
    <OfficePage title={transfer.create.title} trail={[{ href: '/admin/courses', label: shell.nav.courses }]}>
      <CourseFromZip label={transfer.create.title} help={transfer.create.text} />
    </OfficePage>
  );
}
