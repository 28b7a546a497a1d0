import { IconArrowDown } from '@tabler/icons-react';
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { useFormat } from '#client/lib/i18n.tsx';
import { serverNow } from '#client/lib/now.ts';
import { useTalkText } from '#client/lib/talk-text.ts';
import { icon } from '#client/ui/icon.ts';
import type { MessageDto } from '#shared/chat.ts';
import classes from './chat-log.module.css';
import { byDay, firstShown, stepUp } from './log-items.ts';
import type { ThreadView } from './thread-store.ts';
import { useLogScroll } from './use-log-scroll.ts';

interface ChatLogProps {
  log: RefObject<HTMLDivElement | null>;
  view: ThreadView;
  /** Messages of others that came since one has scrolled up. */
  newBelow: number;
  onBottom: () => void;
  onOlder: () => Promise<void>;
  draw: (message: MessageDto) => ReactNode;
  /** What is on its way, and what stands at the end. */
  end: ReactNode;
  /** Grows when one has sent something: then the end is wanted. */
  sent: number;
  empty: ReactNode;
}

/** The messages, day by day. Only a window of them is drawn: it grows upwards as one scrolls. */
export function ChatLog({ log, view, newBelow, onBottom, onOlder, draw, end, sent, empty }: ChatLogProps) {
  const { chat } = useTalkText();
  const format = useFormat();
  const content = useRef<HTMLDivElement>(null);
  const { atBottom, toBottom } = useLogScroll(log, content);
  const [wanted, setWanted] = useState<number | null>(null);
  const { messages, more, older } = view;
  const from = firstShown(messages, wanted, atBottom);
  // Let go far above once the newest are looked at; held where one reads.
  const held = wanted === null ? !atBottom && messages.length > 0 : from > wanted;
  if (held) setWanted(from);
  const drawn = messages.filter(({ seq }) => seq >= from);
  const earlier = more || (messages[0] !== undefined && messages[0].seq < from);

  async function up(): Promise<void> {
    const next = stepUp(messages, from);
    if (next !== null) setWanted(next);
    if (next !== null || !more) return;
    // What comes is drawn at once.
    setWanted(1);
    await onOlder();
  }

  const top = useEnterView(log, up, `${from}.${older}`);
  // biome-ignore lint/correctness/useExhaustiveDependencies: counted from the moment on in which one leaves the end
  useEffect(onBottom, [atBottom, onBottom]);
  useEffect(() => {
    if (sent > 0) toBottom();
  }, [sent, toBottom]);

  return (
    <div className={classes.frame}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by the keyboard */}
      <div ref={log} className={classes.log} role="log" aria-live="off" aria-label={chat.log} tabIndex={0}>
        <div ref={content} className={classes.content}>
          {earlier && (
            <div ref={older === 'failed' ? undefined : top} className={classes.earlier}>
              {older === 'failed' && <span>{chat.olderFailed}</span>}
              <button type="button" className={classes.link} aria-busy={older === 'loading'} onClick={() => void up()}>
                {older === 'failed' ? chat.retry : older === 'loading' ? chat.olderLoading : chat.older}
              </button>
            </div>
          )}
          {byDay(drawn, format.date).map(({ day, messages: ofDay }) => (
            <section key={`${day}.${ofDay[0]?.at.slice(0, 4)}`} aria-label={day}>
              <p className={classes.day}>{dayName(ofDay[0]?.at ?? '', day, format.date, chat)}</p>
              <ul className={classes.list}>{ofDay.map(draw)}</ul>
            </section>
          ))}
          {messages.length === 0 && empty}
          {end}
        </div>
      </div>
      {!atBottom && (
        <button
          type="button"
          className={newBelow > 0 ? `${classes.down} ${classes.downNew}` : classes.down}
          aria-label={newBelow > 0 ? `${chat.down}: ${chat.downNew(newBelow)}` : chat.down}
          onClick={toBottom}
        >
          <IconArrowDown {...icon.md} />
          {newBelow > 0 && <span aria-hidden="true">{chat.downNew(newBelow)}</span>}
        </button>
      )}
    </div>
  );
}

const dayMs = 86_400_000;

function dayName(at: string, day: string, dateOf: (at: number) => string, chat: { today: string; yesterday: string }): string {
  // A date that is not of this school year has its year, so last year's today is not meant.
  if (dateOf(serverNow()) === day && serverNow() - Date.parse(at) < 2 * dayMs) return chat.today;
  return dateOf(serverNow() - dayMs) === day && serverNow() - Date.parse(at) < 3 * dayMs ? chat.yesterday : day;
}

/** Acts when the element comes near to what is seen of the log. */
function useEnterView(log: RefObject<HTMLElement | null>, act: () => unknown, again: string) {
  const element = useRef<HTMLDivElement>(null);
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was drawn since is looked at anew
  useEffect(() => {
    const watched = element.current;
    if (!watched) return;
    const observer = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && latest.current(), {
      root: log.current,
      rootMargin: '300px 0px 0px 0px',
    });
    observer.observe(watched);
    return () => observer.disconnect();
  }, [log, again]);
  return element;
}
