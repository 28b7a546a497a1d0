import { TextEditorPage } from './text-editor-page.tsx';

export function TaskEditorPage() {
  return <TextEditorPage kind="task" />;
}
