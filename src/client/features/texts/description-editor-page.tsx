import { TextEditorPage } from './text-editor-page.tsx';

export function DescriptionEditorPage() {
  return <TextEditorPage kind="course" />;
}
