import '@mantine/core/styles/FloatingIndicator.layer.css';
import '@mantine/core/styles/SegmentedControl.layer.css';
import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { errorText, isOffline } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { offline } from '#client/lib/online.ts';
import { Prose } from '#client/ui/prose.tsx';
import { Pending, SkeletonText } from '#client/ui/skeleton.tsx';
import type { PreviewDto, TextDto } from '#shared/texts.ts';
import { TaskPreview } from './task-preview.tsx';
import classes from './text-editor.module.css';

interface PreviewPaneProps {
  text: TextDto;
  source: string;
  /** Null until the first one has come. */
  preview: PreviewDto | null;
  error: unknown;
}

/** The student's view of the text, by the same code that makes their page. */
export function PreviewPane({ text, source, preview, error }: PreviewPaneProps) {
  const { editor } = useOfficeText();
  const words = useText();
  const format = useFormat();
  const [phone, setPhone] = useState(false);
  const unreachable = offline.use() !== null;
  const stale =
    unreachable || isOffline(error) ? editor.preview.stale : error ? editor.preview.failed(errorText(error, words, format)) : null;
  return (
    <section className={classes.previewPane} aria-label={editor.preview.title}>
      <div className={classes.paneHead}>
        <span>{editor.preview.title}</span>
        <SegmentedControl
          size="sm"
          aria-label={editor.preview.view}
          value={phone ? 'phone' : 'screen'}
          onChange={(value) => setPhone(value === 'phone')}
          data={[
            { value: 'screen', label: editor.preview.screen },
            { value: 'phone', label: editor.preview.phone },
          ]}
          classNames={{ root: classes.segments, label: classes.segment }}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long preview scrolls by the keyboard */}
      <div className={phone ? `${classes.preview} ${classes.onPhone}` : classes.preview} tabIndex={0}>
        {stale && <p className={classes.stale}>{stale}</p>}
        {!preview && !error && (
          <Pending>
            <SkeletonText lines={6} lineHeight={28} />
          </Pending>
        )}
        {preview?.task && <TaskPreview text={text} source={source} task={preview.task} />}
        {preview &&
          preview.html !== null &&
          (preview.html ? <Prose html={preview.html} /> : <p className={classes.nothing}>{editor.preview.empty}</p>)}
      </div>
    </section>
  );
}
