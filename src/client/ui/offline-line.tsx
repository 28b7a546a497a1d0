import { IconWifiOff } from '@tabler/icons-react';
import { useLayoutEffect, useRef } from 'react';
import { Link } from 'wouter';
import { useText } from '#client/lib/i18n.tsx';
import { wasSignedIn } from '#client/lib/me.ts';
import { useNow } from '#client/lib/now.ts';
import { offline } from '#client/lib/online.ts';
import { icon } from './icon.ts';
import layout from './layout.module.css';
import classes from './offline-line.module.css';

/** One line on top while the server is out of reach. The live region is always there, or its text would not be read. */
export function OfflineLine() {
  const state = offline.use();
  return (
    <div role="status" className={classes.region}>
      {state && <Line {...state} />}
    </div>
  );
}

function Line({ retryAt, why }: { retryAt: number | null; why: 'network' | 'server' }) {
  const text = useText();
  useNow(1000);
  const line = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => keepPlace(line.current?.offsetHeight ?? 0), []);
  const left = retryAt === null ? 0 : Math.ceil((retryAt - Date.now()) / 1000);
  return (
    <div ref={line} className={classes.line}>
      <div className={`${layout.wrap} ${classes.inner}`}>
        <IconWifiOff {...icon.md} />
        <span className={classes.text}>
          {text.common.offline[why]} {why === 'network' && wasSignedIn() && <Link href="/offline">{text.common.offline.read}</Link>}
        </span>
        <span className={classes.retry} aria-hidden="true">
          {left > 0 ? text.common.offline.retryIn(left) : text.common.offline.retrying}
        </span>
      </div>
    </div>
  );
}

/**
 * The line comes in above what is being read: the page scrolls by as much, so that no word moves, and back when it goes. Most browsers do so by
 * themselves, and twice would be a jump again; Safari does not.
 */
function keepPlace(height: number): (() => void) | undefined {
  if (CSS.supports('overflow-anchor', 'auto') || window.scrollY === 0) return;
  window.scrollBy(0, height);
  return () => window.scrollBy(0, -height);
}
