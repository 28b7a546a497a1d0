import type { ReactNode } from 'react';
import type { NewsPreviewDto } from '#shared/news.ts';
import classes from './preview.module.css';
import { parseTelegram, type TelegramNode } from './telegram-html.ts';

interface TelegramBubbleProps {
  pieces: NewsPreviewDto['telegram']['pieces'];
  pictures: readonly { id: string; url: string; alt: string; width: number; height: number }[];
  button: { label: string; url: string } | null;
}

/** The messages as they stand in a chat: photos, text in pieces, the button under the last one. */
export function TelegramBubble({ pieces, pictures, button }: TelegramBubbleProps) {
  return (
    // Several messages are scrolled, with the keyboard too.
    <div className={classes.chat} {...(pieces.length > 1 ? { tabIndex: 0 } : {})}>
      {pictures.length > 0 && (
        <div className={classes.photos} data-count={Math.min(pictures.length, 3)}>
          {pictures.map(({ id, url, alt, width, height }) => (
            <img key={id} src={url} alt={alt} width={width} height={height} loading="lazy" />
          ))}
        </div>
      )}
      {pieces.map(({ html }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text, in its order
        <div key={at} className={classes.bubble}>
          <Nodes nodes={parseTelegram(html)} />
        </div>
      ))}
      {button && (
        <a className={classes.chatButton} href={button.url} target="_blank" rel="noopener noreferrer">
          {button.label}
        </a>
      )}
    </div>
  );
}

function Nodes({ nodes }: { nodes: readonly TelegramNode[] }): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: a text without a state of its own
  return nodes.map((node, at) => (typeof node === 'string' ? node : <Node key={at} node={node} />));
}

function Node({ node: { tag, href, children } }: { node: Exclude<TelegramNode, string> }) {
  const inner = <Nodes nodes={children} />;
  if (tag === 'spoiler') return <span className={classes.spoiler}>{inner}</span>;
  if (tag !== 'a') {
    const Tag = tag;
    return <Tag>{inner}</Tag>;
  }
  if (href === null) return inner;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {inner}
    </a>
  );
}
