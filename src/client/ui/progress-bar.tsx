import type { ReactNode } from 'react';
import classes from './progress-bar.module.css';

interface ProgressBarProps {
  done: number;
  total: number;
  /** The number in words, under the bar: a bar never stands alone. Leave it out only where the number stands right beside. */
  caption?: ReactNode;
  /** On the filled panel of the next step the track is greener. */
  onBoard?: boolean;
  thin?: boolean;
  className?: string;
}

/** The words carry the meaning, so the bar itself is silent for a screen reader. */
export function ProgressBar({ done, total, caption, onBoard, thin, className }: ProgressBarProps) {
  const share = total > 0 ? Math.min(1, Math.max(0, done / total)) : 0;
  const track = [classes.track, onBoard && classes.onBoard, thin && classes.thin].filter(Boolean).join(' ');
  return (
    <div className={className}>
      <div className={track} aria-hidden="true">
        <div className={classes.fill} style={{ width: `${share * 100}%` }} />
      </div>
      {caption !== undefined && <p className={classes.caption}>{caption}</p>}
    </div>
  );
}
