import { useOfficeText } from '#client/lib/office-text.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import type { NewsProgressDto } from '#shared/news.ts';
import classes from './broadcast.module.css';
import { deliveredOf } from './progress.ts';

interface CancelDialogProps {
  numbers: NewsProgressDto;
  busy: boolean;
  onCancel: () => Promise<void>;
  onClose: () => void;
}

/** Cancelling cannot be taken back: how many have it already, and how many never will. */
export function CancelDialog({ numbers, busy, onCancel, onClose }: CancelDialogProps) {
  const { progress: words } = useOfficeText().news;
  return (
    <Dialog title={words.cancelTitle} small onClose={onClose}>
      <div className={classes.ask}>
        <p>{words.cancelHave(deliveredOf(numbers))}</p>
        <p>
          {words.cancelRest(numbers.waiting)} {numbers.state === 'sending' && numbers.waiting > 0 && words.cancelPause}
        </p>
      </div>
      <div className={classes.askFoot}>
        <Button variant="default" onClick={onClose}>
          {words.cancelNo}
        </Button>
        <BusyButton
          type="button"
          variant="default"
          className={classes.danger}
          busy={busy}
          busyLabel={words.cancelling}
          onClick={() => void onCancel()}
        >
          {words.cancelYes}
        </BusyButton>
      </div>
    </Dialog>
  );
}
