import { IconDots, IconSearch } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import { useFormat } from '#client/lib/i18n.tsx';
import { useTalkText } from '#client/lib/talk-text.ts';
import { Avatar } from '#client/ui/avatar.tsx';
import { icon } from '#client/ui/icon.ts';
import type { ChatFileDto, MessageDto } from '#shared/chat.ts';
import classes from './message.module.css';
import { MessageFiles } from './message-files.tsx';
import { MessageHtml } from './message-html.tsx';

/** What can be asked of a message; the same functions for all, so that a message is drawn anew only when it has changed. */
export interface MessageDeeds {
  onMenu: (seq: number) => void;
  onRestore: (seq: number) => void;
  onPicture: (file: ChatFileDto) => void;
}

interface MessageProps {
  message: MessageDto;
  own: boolean;
  /** On a ground of its own: questions stand out among answers. */
  tinted: boolean;
  asTeacher: boolean;
  /** May this reader do anything with it? */
  hasMenu: boolean;
  /** It was deleted by this very reader. */
  mayRestore: boolean;
  /** «Прочитано» or «Отправлено», under one's last message. */
  mark: ReactNode;
  /** Why what was tried did not work. */
  problem: string | null;
  menu: ReactNode;
  deeds: MessageDeeds;
}

export const Message = memo(function Message({
  message,
  own,
  tinted,
  asTeacher,
  hasMenu,
  mayRestore,
  mark,
  problem,
  menu,
  deeds,
}: MessageProps) {
  const { chat } = useTalkText();
  const format = useFormat();
  const { seq, kind, body, html, files, at, editedAt, deleted } = message;
  if (kind === 'search') {
    return (
      <li data-key={seq} data-seq={seq} className={classes.search}>
        <IconSearch {...icon.sm} />
        <bdi>{asTeacher ? chat.searchedBy(body ?? '') : chat.searched(body ?? '')}</bdi>
      </li>
    );
  }
  const name = nameOf(message, own, chat);
  const time = format.time(at);
  return (
    <li data-key={seq} data-seq={seq} className={[classes.message, own && classes.own, tinted && classes.tinted].filter(Boolean).join(' ')}>
      <AuthorMark message={message} />
      <div className={classes.main}>
        <p className={classes.who}>
          <bdi className={classes.name}>{name}</bdi>
          <time dateTime={at} title={format.dateTime(at)} className={classes.time}>
            {!own && message.author.teacher ? `${chat.teacher}, ${time}` : time}
          </time>
          {editedAt !== null && deleted === null && <span className={classes.time}>{chat.edited}</span>}
        </p>
        {deleted === null ? (
          <div className={classes.body} dir="auto">
            {html !== '' && <MessageHtml html={html} />}
            {files.length > 0 && <MessageFiles files={files} onOpen={deeds.onPicture} />}
          </div>
        ) : (
          <p className={classes.gone}>
            {deleted === 'moderator' && !asTeacher ? chat.deletedByTeacher : chat.deleted}
            {mayRestore && (
              <button type="button" className={classes.link} onClick={() => deeds.onRestore(seq)}>
                {chat.menu.restore}
              </button>
            )}
          </p>
        )}
        {problem !== null && (
          <p className={classes.problem} role="alert">
            {problem}
          </p>
        )}
        {mark !== null && <p className={classes.mark}>{mark}</p>}
      </div>
      {hasMenu && (
        <div className={classes.menu}>
          {menu ?? (
            <button
              type="button"
              className={classes.dots}
              aria-haspopup="menu"
              aria-label={chat.menu.open(name, time)}
              onClick={() => deeds.onMenu(seq)}
            >
              <IconDots {...icon.md} />
            </button>
          )}
        </div>
      )}
    </li>
  );
});

function AuthorMark({ message: { author } }: { message: MessageDto }) {
  const [firstName = '', ...rest] = (author.name ?? '?').split(' ');
  return (
    <span className={author.teacher ? `${classes.avatar} ${classes.teacher}` : classes.avatar}>
      <Avatar firstName={firstName} lastName={rest.at(-1) ?? ''} />
    </span>
  );
}

export function nameOf({ author }: MessageDto, own: boolean, chat: { you: string; gone: string }): string {
  return own ? chat.you : (author.name ?? chat.gone);
}
