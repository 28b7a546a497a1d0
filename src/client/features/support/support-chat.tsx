import { IconArrowLeft, IconSearch, IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { Chat } from '#client/features/chat/chat.tsx';
import { useTalkText } from '#client/lib/talk-text.ts';
import { icon } from '#client/ui/icon.ts';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonText } from '#client/ui/skeleton.tsx';
import classes from './support-chat.module.css';
import { useSupportThread } from './use-support-thread.ts';

interface SupportChatProps {
  /** It is the whole page of a phone, not a column beside the list. */
  full: boolean;
  /** What was looked for before: goes with the first message. */
  about: string;
  onSent: () => void;
  onClose: () => void;
}

/** The talk with support: a column at the right, or all of a small screen. */
export function SupportChat({ full, about, onSent, onClose }: SupportChatProps) {
  const { support, chat } = useTalkText();
  const words = support.chat;
  const thread = useSupportThread();
  const Title = full ? 'h1' : 'h2';
  const section = useRef<HTMLElement>(null);
  useVisibleHeight(full);
  useEffect(() => {
    // Opened from the foot of a long list it may begin above what is seen.
    if (!full) section.current?.scrollIntoView({ block: 'nearest' });
  }, [full]);
  return (
    <section ref={section} className={full ? classes.full : classes.column} aria-labelledby="support-chat">
      <div className={classes.head}>
        {full && (
          <button type="button" className={classes.close} aria-label={words.back} onClick={onClose}>
            <IconArrowLeft {...icon.md} />
          </button>
        )}
        <Title id="support-chat" className={classes.title}>
          {words.title}
        </Title>
        {!full && (
          <button type="button" className={classes.close} aria-label={words.close} onClick={onClose}>
            <IconX {...icon.md} />
          </button>
        )}
      </div>
      {about && (
        <p className={classes.about}>
          <IconSearch {...icon.sm} />
          <bdi>{chat.searched(about)}</bdi>
        </p>
      )}
      <div className={classes.body}>
        <QueryView query={thread} errorTitle={words.failed} level={full ? 2 : 3} skeleton={<SkeletonText lines={5} />}>
          {(threadId) => (
            <Chat
              key={threadId}
              threadId={threadId}
              level={full ? 2 : 3}
              query={about || undefined}
              onSent={onSent}
              autoFocus={!full}
              fill
            />
          )}
        </QueryView>
      </div>
    </section>
  );
}

/** The keyboard of a phone lies over the page without making it smaller: the page is told how much of it can be seen. */
function useVisibleHeight(on: boolean): void {
  useEffect(() => {
    const seen = window.visualViewport;
    if (!on || !seen) return;
    const root = document.documentElement;
    const tell = () => {
      // Zoomed in, the page is to stay as it is.
      if (seen.scale > 1.05) return;
      root.style.setProperty('--seen-height', `${Math.round(seen.height)}px`);
    };
    tell();
    seen.addEventListener('resize', tell);
    return () => {
      seen.removeEventListener('resize', tell);
      root.style.removeProperty('--seen-height');
    };
  }, [on]);
}
