import { type DragEvent, useEffect, useRef, useState } from 'react';
import { useOfficeText } from '#client/lib/office-text.ts';
import { Button } from '#client/ui/button.tsx';
import classes from './uploads.module.css';

interface DropZoneProps {
  /** What it is for, for a screen reader. */
  label: string;
  help: string;
  multiple?: boolean;
  /** Extensions without a dot. */
  extensions: readonly string[];
  onFiles: (files: File[]) => void;
}

/** Takes files by drop and by choice. The field itself stays hidden: the button opens it, with the keyboard too. */
export function DropZone({ label, help, multiple = false, extensions, onFiles }: DropZoneProps) {
  const { drop } = useOfficeText().files;
  const field = useRef<HTMLInputElement>(null);
  // Entering a child leaves the parent: the depth tells whether the pointer is still inside.
  const [depth, setDepth] = useState(0);
  const carriesFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  // What is dropped beside the place would be opened instead of the page.
  useEffect(() => {
    const stay = (event: globalThis.DragEvent) => event.dataTransfer?.types.includes('Files') && event.preventDefault();
    window.addEventListener('dragover', stay);
    window.addEventListener('drop', stay);
    return () => {
      window.removeEventListener('dragover', stay);
      window.removeEventListener('drop', stay);
    };
  }, []);
  const take = (list: FileList | null) => {
    const files = [...(list ?? [])];
    if (files.length > 0) onFiles(multiple ? files : files.slice(0, 1));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a mouse's way; the button inside is everybody's
    <div
      className={classes.zone}
      data-over={depth > 0 || undefined}
      onDragEnter={(event) => carriesFiles(event) && setDepth((before) => before + 1)}
      onDragLeave={(event) => carriesFiles(event) && setDepth((before) => Math.max(0, before - 1))}
      onDragOver={(event) => carriesFiles(event) && event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        setDepth(0);
        take(event.dataTransfer.files);
      }}
    >
      <div className={classes.zoneLine}>
        <Button
          size="sm"
          variant="default"
          aria-label={`${label}: ${multiple ? drop.chooseMany : drop.choose}`}
          onClick={() => field.current?.click()}
        >
          {multiple ? drop.chooseMany : drop.choose}
        </Button>
        <span className={classes.zoneOr}>{depth > 0 ? drop.here : drop.or}</span>
        <input
          ref={field}
          type="file"
          hidden
          aria-label={label}
          multiple={multiple}
          accept={extensions.map((extension) => `.${extension}`).join(',')}
          onChange={(event) => {
            take(event.target.files);
            // The same file may be chosen again.
            event.target.value = '';
          }}
        />
      </div>
      <p className={classes.zoneHelp}>{help}</p>
    </div>
  );
}
