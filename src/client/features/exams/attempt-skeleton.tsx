import layout from '#client/ui/layout.module.css';
import { SkeletonBlock, SkeletonText } from '#client/ui/skeleton.tsx';
import classes from './exam-screen.module.css';

export function AttemptSkeleton() {
  return (
    <div className={`${layout.wrap} ${classes.desk}`}>
      <div className={classes.aside}>
        <SkeletonBlock height={340} />
      </div>
      <div>
        <SkeletonBlock width={200} height={32} />
        <SkeletonText lines={5} lineHeight={28} mt={32} />
        <SkeletonBlock width={400} height={44} mt={32} />
      </div>
    </div>
  );
}
