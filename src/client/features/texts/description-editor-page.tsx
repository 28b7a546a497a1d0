import { OfficePage } from '#client/features/office/office-page.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';

export function DescriptionEditorPage() {
  const text = useOfficeText();
  return <OfficePage title={text.shell.nav.courses}>{null}</OfficePage>;
}
