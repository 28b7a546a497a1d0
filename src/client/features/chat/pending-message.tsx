import { IconAlertCircle, IconClock, IconPaperclip } from '@tabler/icons-react';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useNow } from '#client/lib/now.ts';
import { useTalkText } from '#client/lib/talk-text.ts';
import { icon } from '#client/ui/icon.ts';
import type { WireError } from '#shared/errors.ts';
import classes from './message.module.css';
import { canRepeat, type OutMessage, type OutPhase } from './out-message.ts';
import type { ChatOutbox } from './outbox.ts';
import { wireErrorText } from './wire-error-text.ts';

interface PendingMessageProps {
  item: OutMessage;
  tinted: boolean;
  phase: OutPhase;
  outbox: ChatOutbox;
  onEdit: (clientId: string) => void;
}

/** One's own message that the server does not have yet: as it was typed, with what it waits for. */
export function PendingMessage({ item, tinted, phase, outbox, onEdit }: PendingMessageProps) {
  const { chat } = useTalkText();
  return (
    <li data-key={item.clientId} className={[classes.message, classes.own, tinted && classes.tinted].filter(Boolean).join(' ')}>
      <span className={classes.avatar} />
      <div className={classes.main}>
        <p className={classes.who}>
          <span className={classes.name}>{chat.you}</span>
        </p>
        <div className={classes.body} dir="auto">
          {item.body !== '' && <p className={classes.typed}>{item.body}</p>}
          {item.files.length > 0 && (
            <ul className={classes.files}>
              {item.files.map((file) => (
                <li key={file.key} className={classes.file}>
                  <IconPaperclip {...icon.sm} />
                  <bdi className={classes.fileName}>{file.name}</bdi>
                </li>
              ))}
            </ul>
          )}
        </div>
        {phase.phase === 'stopped' ? (
          <div className={classes.stopped} role="alert">
            <p className={classes.problem}>
              <IconAlertCircle {...icon.sm} />
              <Why error={phase.error} />
            </p>
            {canRepeat(phase.error) && (
              <button type="button" className={classes.link} onClick={() => outbox.repeat(item.clientId)}>
                {chat.pending.repeat}
              </button>
            )}
            <button type="button" className={classes.link} onClick={() => onEdit(item.clientId)}>
              {chat.pending.edit}
            </button>
            <button type="button" className={classes.link} onClick={() => outbox.remove(item.clientId)}>
              {chat.pending.remove}
            </button>
          </div>
        ) : (
          <p className={classes.mark}>
            <IconClock {...icon.sm} />
            <Waits phase={phase} />
          </p>
        )}
      </div>
    </li>
  );
}

function Why({ error }: { error: WireError | null }) {
  const text = useText();
  const format = useFormat();
  const { chat } = useTalkText();
  if (error === null) return chat.pending.lost;
  if (error.code === 'CHAT_HELD') return chat.pending.held(error.data.name);
  return wireErrorText(error, text, format);
}

function Waits({ phase }: { phase: Exclude<OutPhase, { phase: 'stopped' }> }) {
  const { pending } = useTalkText().chat;
  switch (phase.phase) {
    case 'uploading':
      return pending.uploading;
    case 'sending':
      return pending.sending;
    case 'failing':
      return pending.failing;
    case 'limited':
      return <Limited until={phase.until} />;
    case 'waiting':
      if (phase.for === 'session') return pending.session;
      return phase.for === 'connection' ? pending.offline : pending.turn;
  }
}

function Limited({ until }: { until: number }) {
  const { pending } = useTalkText().chat;
  const format = useFormat();
  useNow(1000);
  return pending.limited(format.wait(Math.max(1, Math.ceil((until - Date.now()) / 1000))));
}
