import { type ReactNode, useEffect, useState } from 'react';
import { useText } from '#client/lib/i18n.tsx';
import classes from './skeleton.module.css';

interface SkeletonBlockProps {
  width?: number | string;
  height?: number;
  mt?: number;
  radius?: number;
}

/** One gray piece, as high as what it stands for. */
export function SkeletonBlock({ width = '100%', height = 16, mt = 0, radius }: SkeletonBlockProps) {
  return <span className={classes.block} style={{ width, height, marginTop: mt, borderRadius: radius }} />;
}

/** Lines of text: `lineHeight` of the text it stands for, the last one shorter. */
export function SkeletonText({ lines = 3, lineHeight = 24, mt = 0 }: { lines?: number; lineHeight?: number; mt?: number }) {
  const gap = Math.round(lineHeight * 0.4);
  return Array.from({ length: lines }, (_, line) => (
    <SkeletonBlock
      // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never move
      key={line}
      width={line === lines - 1 && lines > 1 ? '60%' : '100%'}
      height={lineHeight - gap}
      mt={line === 0 ? mt + gap / 2 : gap}
    />
  ));
}

/** Holds the place of what is loading: unseen for 300 ms, then the skeletons, from 5 s with a word that it takes long. */
export function Pending({ children }: { children: ReactNode }) {
  const text = useText();
  const [stage, setStage] = useState<'early' | 'shown' | 'long'>('early');
  useEffect(() => {
    const shown = setTimeout(setStage, 300, 'shown');
    const long = setTimeout(setStage, 5000, 'long');
    return () => {
      clearTimeout(shown);
      clearTimeout(long);
    };
  }, []);
  return (
    <div aria-busy="true" className={classes.pending}>
      <div className={stage === 'early' ? classes.early : undefined} aria-hidden="true">
        {children}
      </div>
      <p className={classes.late} role="status">
        {stage === 'long' && text.common.loading.long}
      </p>
    </div>
  );
}
