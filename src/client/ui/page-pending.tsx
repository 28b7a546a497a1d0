import layout from './layout.module.css';
import classes from './page-pending.module.css';
import { Pending, SkeletonBlock, SkeletonText } from './skeleton.tsx';

/** A page of which nothing is known yet. */
export function PagePending() {
  return (
    <div className={`${layout.wrap} ${classes.page}`}>
      <Pending>
        <SkeletonBlock width={320} height={32} />
        <SkeletonText lines={3} mt={24} />
      </Pending>
    </div>
  );
}
