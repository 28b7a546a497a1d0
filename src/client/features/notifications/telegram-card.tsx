import { IconBrandTelegram } from '@tabler/icons-react';
import { useState } from 'react';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useMe } from '#client/lib/me.ts';
import { useNoticesText } from '#client/lib/notices-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import { icon } from '#client/ui/icon.ts';
import layout from '#client/ui/layout.module.css';
import type { TelegramLinkDto, TelegramStartDto } from '#shared/notifications.ts';
import classes from './telegram.module.css';
import { TelegramInvite } from './telegram-invite.tsx';

/**
 * The person's Telegram: how to link it, since when it is linked, how to mend it. Not shown in a school without a bot.
 * @param mailed letters come where Telegram does not
 */
export function TelegramCard({ link, mailed }: { link: TelegramLinkDto; mailed: boolean }) {
  const text = useText();
  const { telegram: words } = useNoticesText().settings;
  const format = useFormat();
  const utils = trpc.useUtils();
  const [invite, setInvite] = useState<TelegramStartDto | null>(null);
  const [said, setSaid] = useState('');
  const linked = link.state === 'linked';
  const start = trpc.notifications.telegram.start.useMutation({
    onMutate: () => setSaid(''),
    onSuccess: setInvite,
  });
  const unlink = trpc.notifications.telegram.unlink.useMutation({
    onMutate: () => setSaid(''),
    async onSuccess() {
      await utils.notifications.settings.invalidate();
      setSaid(words.unlinked(mailed));
    },
  });
  // Confirmed in Telegram: what led there has done its work.
  if (linked && invite) {
    setInvite(null);
    setSaid(words.connected);
  }
  const failed = (linked ? unlink : start).error;
  return (
    <section className={`${layout.card} ${classes.card}`} aria-labelledby="telegram">
      <h3 id="telegram" className={classes.title}>
        <IconBrandTelegram {...icon.md} />
        {words.title}
      </h3>
      <State link={link} mailed={mailed} />
      {invite && (
        <TelegramInvite invite={invite} starting={start.isPending} onAgain={() => start.mutate()} onClose={() => setInvite(null)} />
      )}
      {!invite && (linked || link.botName !== null) && (
        <div className={classes.foot}>
          {linked ? (
            <BusyButton type="button" variant="default" busy={unlink.isPending} busyLabel={words.unlinking} onClick={() => unlink.mutate()}>
              {words.unlink}
            </BusyButton>
          ) : (
            <BusyButton type="button" busy={start.isPending} busyLabel={words.connecting} onClick={() => start.mutate()}>
              {link.state === 'broken' ? words.reconnect : words.connect}
            </BusyButton>
          )}
        </div>
      )}
      <p role="status" className={said ? classes.said : undefined}>
        {said}
      </p>
      <FormError>{failed && errorText(failed, text, format)}</FormError>
    </section>
  );
}

function State({ link: { state, botName, linkedAt }, mailed }: { link: TelegramLinkDto; mailed: boolean }) {
  const { telegram: words } = useNoticesText().settings;
  const format = useFormat();
  const teacher = useMe()?.role === 'moderator';
  if (state === 'broken') {
    return (
      <div className={classes.broken}>
        <p>
          <b>{words.brokenTitle}.</b> {words.broken(botName, mailed)}
        </p>
      </div>
    );
  }
  if (state === 'linked') {
    return (
      <p className={classes.text}>
        {linkedAt && `${words.linked(format.date(linkedAt))}. `}
        {botName && words.bot(botName)}
      </p>
    );
  }
  const about = teacher ? words.teacher : words.student;
  return <p className={classes.text}>{botName === null ? words.notYet : about}</p>;
}
