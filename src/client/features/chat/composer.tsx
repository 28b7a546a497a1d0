import { IconPaperclip, IconSend2 } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useId, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import { useTalkText } from '#client/lib/talk-text.ts';
import { FieldError } from '#client/ui/field-error.tsx';
import { icon } from '#client/ui/icon.ts';
import { chatLimits } from '#shared/chat-rules.ts';
import { uploadExtensions } from '#shared/upload-rules.ts';
import classes from './composer.module.css';

export interface ComposerHandle {
  insert: (text: string) => void;
  focus: () => void;
}

interface ComposerProps {
  handle: RefObject<ComposerHandle | null>;
  value: string;
  placeholder: string;
  /** Beside the field while an earlier message is being changed; without it files may be added. */
  editing: { busy: boolean; onCancel: () => void } | null;
  files: ReactNode;
  error: string | null;
  /** Below the field, at the left. */
  help: ReactNode;
  /** Buttons below the field, at the left. */
  tools: ReactNode;
  /** Somebody else has the word: what was typed is seen, and nothing can be added or sent. */
  locked: boolean;
  autoFocus: boolean;
  onChange: (value: string) => void;
  onFiles: (files: File[]) => void;
  onSend: () => void;
  /** The field is empty and one wants the last message back. */
  onEditLast: () => void;
}

const accept = ['image/*', ...uploadExtensions.chat.map((extension) => `.${extension}`)].join(',');
/** From here on it is told how much room is left. */
const nearLimit = chatLimits.body - 500;
const isApple = /Mac|iPhone|iPad/.test(navigator.platform);

/** Grows with its text up to eight lines. Enter is a new line, for answers are written in several. */
export function Composer({
  handle,
  value,
  placeholder,
  editing,
  files,
  error,
  help,
  tools,
  locked,
  autoFocus,
  onChange,
  onFiles,
  onSend,
  onEditLast,
}: ComposerProps) {
  const { composer } = useTalkText().chat;
  const field = useRef<HTMLTextAreaElement>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const id = useId();
  const left = chatLimits.body - value.length;
  const key = isApple ? '⌘' : 'Ctrl';

  // biome-ignore lint/correctness/useExhaustiveDependencies: as high as its text
  useLayoutEffect(() => {
    const box = field.current;
    if (!box) return;
    box.style.height = 'auto';
    box.style.height = `${box.scrollHeight}px`;
  }, [value]);

  useEffect(() => {
    if (autoFocus) field.current?.focus({ preventScroll: true });
  }, [autoFocus]);

  useImperativeHandle(handle, () => ({
    focus: () => field.current?.focus(),
    insert(text) {
      const box = field.current;
      if (!box || box.readOnly) return;
      box.focus();
      // So that the browser's own «undo» takes it back; an empty or older browser takes the plain way.
      if (!document.execCommand('insertText', false, text)) {
        const [start, end] = [box.selectionStart, box.selectionEnd];
        onChange(box.value.slice(0, start) + text + box.value.slice(end));
      }
    },
  }));

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onSend();
    } else if (event.key === 'Escape' && editing) {
      event.preventDefault();
      event.stopPropagation();
      editing.onCancel();
    } else if (event.key === 'ArrowUp' && value === '' && !editing) {
      event.preventDefault();
      onEditLast();
    }
  }

  return (
    <form
      className={classes.composer}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      {editing && (
        <p className={classes.editing}>
          <span>{composer.editing}</span>
          <button type="button" className={classes.link} onClick={editing.onCancel}>
            {composer.cancel}
          </button>
        </p>
      )}
      {files}
      <div className={classes.field}>
        {!editing && !locked && (
          <button type="button" className={classes.tool} aria-label={composer.attach} onClick={() => chooser.current?.click()}>
            <IconPaperclip {...icon.md} />
          </button>
        )}
        <input
          ref={chooser}
          type="file"
          hidden
          multiple
          accept={accept}
          aria-label={composer.attach}
          onChange={(event) => {
            onFiles([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = '';
          }}
        />
        <textarea
          ref={field}
          id={id}
          className={classes.text}
          rows={1}
          dir="auto"
          value={value}
          readOnly={locked}
          placeholder={placeholder}
          aria-label={composer.label}
          aria-invalid={left < 0 || undefined}
          aria-describedby={`${id}-help ${id}-hint`}
          enterKeyHint="enter"
          onChange={(event) => onChange(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onPaste={(event) => {
            const pasted = [...event.clipboardData.files];
            if (pasted.length === 0 || editing || locked) return;
            event.preventDefault();
            onFiles(pasted);
          }}
        />
        <button
          type="submit"
          className={classes.send}
          aria-label={editing ? composer.save : composer.send}
          aria-disabled={locked || editing?.busy}
        >
          <IconSend2 {...icon.md} />
        </button>
      </div>
      {error !== null && <FieldError>{error}</FieldError>}
      <div className={classes.help}>
        {tools && !editing ? <div className={classes.tools}>{tools}</div> : <span id={`${id}-help`}>{help}</span>}
        {value.length > nearLimit ? (
          <span id={`${id}-hint`} className={left < 0 ? classes.over : undefined}>
            {left < 0 ? composer.tooLong(-left) : composer.left(left)}
          </span>
        ) : (
          <span id={`${id}-hint`} className={classes.hint}>
            {tools && !editing ? <Keys keys={[key, 'Enter']} words={composer.hint(key)} /> : composer.hint(key)}
          </span>
        )}
      </div>
    </form>
  );
}

/** Beside buttons there is no room for the words. */
function Keys({ keys, words }: { keys: string[]; words: string }) {
  return (
    <span title={words} className={classes.keys}>
      {keys.map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}
