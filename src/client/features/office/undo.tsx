import '@mantine/core/styles/CloseButton.layer.css';
import '@mantine/core/styles/Notification.layer.css';
import '@mantine/core/styles/Paper.layer.css';
import '@mantine/notifications/styles.layer.css';
import { Notifications, notifications } from '@mantine/notifications';
import { useOfficeText } from '#client/lib/office-text.ts';
import classes from './undo.module.css';

const shownMs = 10_000;

export function UndoNotices() {
  return <Notifications position="bottom-left" autoClose={shownMs} transitionDuration={160} pauseResetOnHover="notification" />;
}

interface Undo {
  /** What was done: «Тема «Логарифмы» удалена». */
  message: string;
  undo: () => Promise<unknown>;
}

/** Says what was done and offers to take it back, for ten seconds. */
export function useUndo(): (done: Undo) => void {
  const { shell } = useOfficeText();
  return ({ message, undo }) => {
    const id = notifications.show({
      withCloseButton: false,
      withBorder: false,
      classNames: { root: classes.notice, body: classes.body, description: classes.description },
      message: (
        <>
          <span>{message}</span>
          <button
            type="button"
            className={classes.undo}
            onClick={async () => {
              notifications.hide(id);
              try {
                await undo();
                say(shell.undone);
              } catch {
                say(shell.notUndone);
              }
            }}
          >
            {shell.undo}
          </button>
        </>
      ),
    });
  };
}

/** One line at the bottom that goes by itself. */
export function say(message: string): void {
  notifications.show({
    withCloseButton: false,
    withBorder: false,
    classNames: { root: classes.notice, body: classes.body, description: classes.description },
    message,
    autoClose: 4000,
  });
}
