import { Component, type ReactNode, Suspense } from 'react';
import { Pending, SkeletonBlock } from '#client/ui/skeleton.tsx';
import classes from './statistics.module.css';

interface ChartProps {
  height: number;
  /** Said in its place where the chart cannot be loaded: the numbers are there all the same. */
  failed: string;
  children: ReactNode;
}

/** The place of a chart that is loaded by itself: as high before it comes as after, and a chart that does not come takes nothing else with it. */
export function Chart({ height, failed, children }: ChartProps) {
  return (
    <div style={{ minHeight: height }}>
      <Boundary failed={failed}>
        <Suspense
          fallback={
            <Pending>
              <SkeletonBlock height={height} />
            </Pending>
          }
        >
          {children}
        </Suspense>
      </Boundary>
    </div>
  );
}

class Boundary extends Component<{ failed: string; children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    return this.state.broken ? <p className={classes.note}>{this.props.failed}</p> : this.props.children;
  }
}
