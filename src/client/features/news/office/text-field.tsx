import '@mantine/core/styles/ActionIcon.layer.css';
import { ActionIcon } from '@mantine/core';
import { IconBold, IconItalic, IconLink, IconList, IconPhoto } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { FieldError } from '#client/ui/field-error.tsx';
import { icon } from '#client/ui/icon.ts';
import { newsLimits } from '#shared/news.ts';
import { uploadExtensions } from '#shared/upload-rules.ts';
import classes from './composer.module.css';
import { linked, listed, type MarkdownEdit, marked } from './markdown-marks.ts';

/** From here on it is told how much room is left. */
const nearLimit = 500;
const accept = uploadExtensions.news.map((extension) => `.${extension}`).join(',');

interface TextFieldProps {
  value: string;
  error: string | null;
  onChange: (text: string) => void;
  /** Pictures that were chosen, pasted or dropped. */
  onPictures: (files: File[]) => void;
}

/** The text in Markdown, with the few marks that all channels know. */
export function TextField({ value, error, onChange, onPictures }: TextFieldProps) {
  const { editor: words } = useOfficeText().news;
  const format = useFormat();
  const field = useRef<HTMLTextAreaElement>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const left = newsLimits.body - value.length;
  const problem = left < 0 ? words.textLong(format.number(value.length), format.number(newsLimits.body)) : error;

  function apply(edit: (selected: { text: string; from: number; to: number }) => MarkdownEdit): void {
    const area = field.current;
    if (!area) return;
    const { from, to, insert, select } = edit({ text: area.value, from: area.selectionStart, to: area.selectionEnd });
    area.focus();
    area.setSelectionRange(from, to);
    // The one way that the browser's own «undo» knows of; where it is gone, at least the text is put in.
    if (!document.execCommand('insertText', false, insert)) {
      area.setRangeText(insert, from, to);
      onChange(area.value);
    }
    area.setSelectionRange(from + select[0], from + select[1]);
  }

  const bold = () => apply((selected) => marked(selected, '**', words.boldSample));
  const italic = () => apply((selected) => marked(selected, '*', words.italicSample));
  const link = () => apply((selected) => linked(selected, words.linkSample));
  const tools: [string, ReactNode, () => void][] = [
    [words.bold, <IconBold key="bold" {...icon.md} />, bold],
    [words.italic, <IconItalic key="italic" {...icon.md} />, italic],
    [words.link, <IconLink key="link" {...icon.md} />, link],
    [words.bullets, <IconList key="list" {...icon.md} />, () => apply((selected) => listed(selected, words.bulletSample))],
    [words.picture, <IconPhoto key="picture" {...icon.md} />, () => chooser.current?.click()],
  ];

  function keys(event: KeyboardEvent) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    // By the key's place: in the Russian layout it writes another letter.
    const act = { KeyB: bold, KeyI: italic, KeyK: link }[event.code];
    if (!act) return;
    event.preventDefault();
    act();
  }

  // What is dropped beside the field would be opened instead of the page.
  useEffect(() => {
    const stay = (event: globalThis.DragEvent) => event.dataTransfer?.types.includes('Files') && event.preventDefault();
    window.addEventListener('dragover', stay);
    window.addEventListener('drop', stay);
    return () => {
      window.removeEventListener('dragover', stay);
      window.removeEventListener('drop', stay);
    };
  }, []);

  const pictures = (data: DataTransfer) => [...data.files].filter((file) => file.type.startsWith('image/'));
  return (
    <div className={classes.field}>
      <label className={classes.label} htmlFor="news-body">
        {words.text}
      </label>
      <div className={classes.area} data-error={problem !== null || undefined} data-over={over || undefined}>
        <div className={classes.tools} role="toolbar" aria-label={words.tools}>
          {tools.map(([label, sign, act]) => (
            <ActionIcon key={label} className={classes.tool} aria-label={label} title={label} onClick={act}>
              {sign}
            </ActionIcon>
          ))}
          {over && <span className={classes.dropHint}>{words.drop}</span>}
          <input
            ref={chooser}
            type="file"
            multiple
            hidden
            accept={accept}
            aria-label={words.picture}
            onChange={(event) => {
              onPictures([...(event.currentTarget.files ?? [])]);
              // The same file may be chosen again.
              event.currentTarget.value = '';
            }}
          />
        </div>
        <textarea
          ref={field}
          id="news-body"
          className={classes.body}
          rows={8}
          value={value}
          aria-invalid={problem !== null}
          aria-describedby="news-body-said"
          onChange={(event) => onChange(event.currentTarget.value)}
          onKeyDown={keys}
          onPaste={(event) => {
            const files = pictures(event.clipboardData);
            // A table from an office program comes as text and as its picture: the text is meant.
            if (files.length === 0 || event.clipboardData.types.includes('text/plain')) return;
            event.preventDefault();
            onPictures(files);
          }}
          onDragOver={(event) => {
            if (!event.dataTransfer.types.includes('Files')) return;
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            setOver(false);
            if (event.dataTransfer.files.length === 0) return;
            event.preventDefault();
            onPictures([...event.dataTransfer.files]);
          }}
        />
      </div>
      <div id="news-body-said" className={classes.help}>
        {problem !== null ? <FieldError>{problem}</FieldError> : left < nearLimit && words.left(left)}
      </div>
    </div>
  );
}
