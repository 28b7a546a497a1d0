import { Component, type ReactNode, type RefObject, Suspense, useEffect, useRef, useState } from 'react';
import { Pending, SkeletonBlock } from '#client/ui/skeleton.tsx';
import classes from './statistics.module.css';

interface ChartProps {
  height: number;
  /** Said in its place where the chart cannot be loaded: the numbers are there all the same. */
  failed: string;
  children: ReactNode;
}

/**
 * The place of a chart that is loaded by itself, once it is nearly seen (what draws it is larger than a page): as high before it comes as after, and a
 * chart that does not come takes nothing else with it.
 */
export function Chart({ height, failed, children }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const near = useNear(place);
  return (
    <div ref={place} style={{ minHeight: height }}>
      {near && (
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
      )}
    </div>
  );
}

const nearlySeen = '400px';

/** True from when it is nearly seen, or printed. */
function useNear(place: RefObject<HTMLElement | null>): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (near || !element) return;
    const observer = new IntersectionObserver(([seen]) => seen?.isIntersecting && setNear(true), { rootMargin: nearlySeen });
    observer.observe(element);
    const print = () => setNear(true);
    window.addEventListener('beforeprint', print);
    return () => {
      observer.disconnect();
      window.removeEventListener('beforeprint', print);
    };
  }, [near, place]);
  return near;
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
