import { useOfficeText } from '#client/lib/office-text.ts';
import { createStore } from '#client/lib/store.ts';
import { Button } from '#client/ui/button.tsx';
import { say, useUndo } from '../office/undo.tsx';
import classes from './topic-media.module.css';
import { shownInPlace } from './upload-tray.tsx';

interface Notice {
  topicId: string;
  message: string;
  undo: (() => Promise<unknown>) | null;
}

const notice = createStore<Notice | null>(null);

/**
 * Says what was done in a topic's videos and files, in their own place: they often stand in a dialog, behind which the notices of the office cannot
 * be reached. What ends after the dialog was closed is said by those.
 */
export function useTopicNotice(topicId: string) {
  const undoInOffice = useUndo();
  const isHere = () => shownInPlace.get().includes(topicId);
  return {
    tell(message: string) {
      if (isHere()) notice.set({ topicId, message, undo: null });
      else say(message);
    },
    offerUndo(done: { message: string; undo: () => Promise<unknown> }) {
      if (isHere()) notice.set({ topicId, ...done });
      else undoInOffice(done);
    },
  };
}

/** It stays until the next one, so that nobody has to hurry. */
export function TopicNotice({ topicId }: { topicId: string }) {
  const { shell, files } = useOfficeText();
  const shown = notice.use();
  const mine = shown?.topicId === topicId ? shown : null;
  const takeBack = async (undo: () => Promise<unknown>) => {
    notice.set({ topicId, message: shell.saving, undo: null });
    try {
      await undo();
      notice.set({ topicId, message: shell.undone, undo: null });
    } catch {
      notice.set({ topicId, message: shell.notUndone, undo });
    }
  };
  return (
    <div role="status" className={classes.notices}>
      {mine && (
        <div className={classes.notice}>
          <span>{mine.message}</span>
          <span className={classes.rowButtons}>
            {mine.undo && (
              <Button size="sm" variant="subtle" onClick={() => mine.undo && void takeBack(mine.undo)}>
                {shell.undo}
              </Button>
            )}
            <Button size="sm" variant="subtle" onClick={() => notice.set(null)}>
              {files.upload.dismiss}
            </Button>
          </span>
        </div>
      )}
    </div>
  );
}
