import { TextEditorPage } from './text-editor-page.tsx';

export function TheoryEditorPage() {
  return <TextEditorPage kind="theory" />;
}
