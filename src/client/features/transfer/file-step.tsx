import '@mantine/core/styles/Progress.layer.css';
import { Progress } from '@mantine/core';
import { DropZone } from '#client/features/files/drop-zone.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { Button } from '#client/ui/button.tsx';
import { FieldError } from '#client/ui/field-error.tsx';
import classes from './transfer.module.css';
import type { ImportFile } from './use-import-file.ts';

interface FileStepProps {
  label: string;
  help: string;
  extensions: readonly string[];
  file: ImportFile;
  /** The server reads the file now. */
  checking: boolean;
  onFile: (file: File) => void;
  onCancel: () => void;
}

/** The choice of a file, and how far it has come. */
export function FileStep({ label, help, extensions, file, checking, onFile, onCancel }: FileStepProps) {
  const { file: words } = useOfficeText().transfer;
  return (
    <div className={classes.step}>
      <DropZone label={label} help={help} extensions={extensions} onFiles={([chosen]) => chosen && onFile(chosen)} />
      <div className={classes.state}>
        {file.phase === 'none' && file.refused && <FieldError>{file.refused}</FieldError>}
        {file.phase === 'sending' && (
          <div>
            <p>{words.sending(file.name, file.percent)}</p>
            <Progress value={file.percent} aria-label={words.progress} />
            <Button size="sm" variant="subtle" onClick={onCancel}>
              {words.cancel}
            </Button>
          </div>
        )}
        {file.phase === 'sent' && <p>{file.name}</p>}
      </div>
      <p role="status" className={classes.checking}>
        {checking ? `${words.checking}. ${words.long}` : ''}
      </p>
    </div>
  );
}
