import { lazy, Suspense } from 'react';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useNoticesText } from '#client/lib/notices-text.ts';
import { useNow } from '#client/lib/now.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button, buttonLook } from '#client/ui/button.tsx';
import type { TelegramStartDto } from '#shared/notifications.ts';
import classes from './telegram.module.css';

const QrCode = lazy(() => import('./qr-code.tsx').then((file) => ({ default: file.QrCode })));

/** The server tells when it is done; this is for whom no hint reaches. */
const askEveryMs = 10_000;

interface TelegramInviteProps {
  invite: TelegramStartDto;
  starting: boolean;
  onAgain: () => void;
  onClose: () => void;
}

/** The way into Telegram, for this device and by camera for another one, and what is waited for. */
export function TelegramInvite({ invite: { url, expiresAt }, starting, onAgain, onClose }: TelegramInviteProps) {
  const { common } = useText();
  const { telegram: words } = useNoticesText().settings;
  const format = useFormat();
  const left = Date.parse(expiresAt) - useNow(1000);
  const expired = left <= 0;
  trpc.notifications.settings.useQuery(undefined, { refetchInterval: expired ? false : askEveryMs });
  if (expired) {
    return (
      <div className={classes.invite}>
        <p role="status">{words.expired}</p>
        <div className={classes.foot}>
          <BusyButton type="button" busy={starting} busyLabel={words.connecting} onClick={onAgain}>
            {words.again}
          </BusyButton>
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className={classes.invite}>
      <div className={classes.ways}>
        <div className={classes.way}>
          <a href={url} target="_blank" rel="noreferrer" {...buttonLook({})}>
            {words.open}
          </a>
          <p>{words.step}</p>
        </div>
        <div className={classes.scan}>
          <div className={classes.code}>
            <Suspense fallback={null}>
              <QrCode text={url} label={words.code} />
            </Suspense>
          </div>
          <p>{words.scan}</p>
        </div>
      </div>
      <div className={classes.foot}>
        <p className={classes.waiting}>
          <span role="status">{words.waiting}</span>
          <span role="timer" className={classes.holds}>
            {words.holds(format.clock(left))}
          </span>
        </p>
        <Button variant="default" onClick={onClose}>
          {common.cancel}
        </Button>
      </div>
    </div>
  );
}
