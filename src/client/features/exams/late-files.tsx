import { createStore } from '#client/lib/store.ts';
import { useStudyText } from '#client/lib/study-text.ts';
import { NoteBox } from '#client/ui/note-box.tsx';
import type_ from '#client/ui/type.module.css';
import classes from './attempt-result.module.css';

interface LateFile {
  key: string;
  attemptId: string;
  name: string;
}

/** Photos and files of long answers that came when the exam was over. Apart from what sends them: most results have none. */
export const lateFiles = createStore<readonly LateFile[]>([]);

/** Says honestly what is not part of the answer. */
export function LateFiles({ attemptId }: { attemptId: string }) {
  const text = useStudyText().exams.long;
  const late = lateFiles.use().filter((file) => file.attemptId === attemptId);
  if (late.length === 0) return null;
  return (
    <NoteBox tone="warn" className={classes.note}>
      <h2 className={type_.h4}>{text.late}</h2>
      <p>{text.lateText}</p>
      <ul className={classes.lost}>
        {late.map(({ key, name }) => (
          <li key={key}>{name}</li>
        ))}
      </ul>
    </NoteBox>
  );
}
