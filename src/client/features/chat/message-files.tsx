import { IconPaperclip } from '@tabler/icons-react';
import { useFormat } from '#client/lib/i18n.tsx';
import { useTalkText } from '#client/lib/talk-text.ts';
import { icon } from '#client/ui/icon.ts';
import type { ChatFileDto } from '#shared/chat.ts';
import classes from './message.module.css';

const widest = 320;
const highest = 320;

export const isPicture = ({ mime }: ChatFileDto): boolean => mime.startsWith('image/');

/** Pictures in the size they have on the page from the first moment on, everything else as a line that opens it. */
export function MessageFiles({ files, onOpen }: { files: ChatFileDto[]; onOpen: (file: ChatFileDto) => void }) {
  const { chat } = useTalkText();
  const format = useFormat();
  return (
    <ul className={classes.files}>
      {files.map((file) => (
        <li key={file.id}>
          {isPicture(file) ? (
            <button type="button" className={classes.picture} aria-label={chat.picture.open(file.name)} onClick={() => onOpen(file)}>
              <Picture file={file} />
            </button>
          ) : (
            <a className={classes.file} href={file.url} target="_blank" rel="noreferrer">
              <IconPaperclip {...icon.sm} />
              <bdi className={classes.fileName}>{file.name}</bdi>
              <span className={classes.fileSize}>{format.fileSize(file.size)}</span>
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}

function Picture({ file: { url, srcSet, width, height } }: { file: ChatFileDto }) {
  const [w, h] = [width ?? 240, height ?? 180];
  const scale = Math.min(1, widest / w, highest / h);
  const shownWidth = Math.max(44, Math.round(w * scale));
  return (
    <img
      src={url}
      srcSet={srcSet ?? undefined}
      sizes={`${shownWidth}px`}
      alt=""
      width={w}
      height={h}
      loading="lazy"
      decoding="async"
      style={{ width: shownWidth, aspectRatio: `${w} / ${h}` }}
    />
  );
}
