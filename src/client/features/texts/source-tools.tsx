import '@mantine/core/styles/ActionIcon.layer.css';
import type { EditorView } from '@codemirror/view';
import { ActionIcon } from '@mantine/core';
import { IconHelpCircle, IconMathFunction, IconPhoto, IconTable } from '@tabler/icons-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { useOfficeText } from '#client/lib/office-text.ts';
import { icon } from '#client/ui/icon.ts';
import { uploadExtensions } from '#shared/upload-rules.ts';
import { insertBlock, insertFormula } from './editor/insert.ts';
import classes from './text-editor.module.css';

const HelpDialog = lazy(() => import('./help-dialog.tsx').then((file) => ({ default: file.HelpDialog })));

const accept = uploadExtensions.topic.map((extension) => `.${extension}`).join(',');

interface SourceToolsProps {
  view: EditorView;
  /** A description belongs to no topic, and so has no files. */
  canAddFiles: boolean;
  onFiles: (files: File[]) => void;
}

export function SourceTools({ view, canAddFiles, onFiles }: SourceToolsProps) {
  const { editor } = useOfficeText();
  const { tools } = editor;
  const [help, setHelp] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <div className={classes.tools} role="toolbar" aria-label={tools.label}>
      <ActionIcon size={36} aria-label={tools.formula} title={tools.formula} onClick={() => insertFormula(view)}>
        <IconMathFunction {...icon.md} />
      </ActionIcon>
      {canAddFiles && (
        <>
          <ActionIcon size={36} aria-label={tools.picture} title={tools.picture} onClick={() => chooser.current?.click()}>
            <IconPhoto {...icon.md} />
          </ActionIcon>
          <input
            ref={chooser}
            type="file"
            multiple
            hidden
            accept={accept}
            aria-label={tools.picture}
            onChange={(event) => {
              onFiles([...(event.currentTarget.files ?? [])]);
              // The same file may be chosen again.
              event.currentTarget.value = '';
            }}
          />
        </>
      )}
      <ActionIcon size={36} aria-label={tools.table} title={tools.table} onClick={() => insertBlock(view, tools.tableBlock)}>
        <IconTable {...icon.md} />
      </ActionIcon>
      <ActionIcon size={36} aria-label={tools.help} title={tools.help} onClick={() => setHelp(true)}>
        <IconHelpCircle {...icon.md} />
      </ActionIcon>
      <Suspense fallback={null}>{help && <HelpDialog onClose={() => setHelp(false)} />}</Suspense>
    </div>
  );
}
