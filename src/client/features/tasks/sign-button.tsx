import { useText } from '#client/lib/i18n.tsx';
import classes from './answer.module.css';

/** Sets and removes the minus; seen on touch screens only. */
export function SignButton({ onPress }: { onPress: () => void }) {
  const { answer } = useText().tasks;
  return (
    <button
      type="button"
      className={classes.sign}
      aria-label={answer.changeSign}
      // The field keeps the focus and so the keyboard stays open.
      onPointerDown={(event) => event.preventDefault()}
      onClick={onPress}
    >
      ±
    </button>
  );
}
