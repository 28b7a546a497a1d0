import { SkeletonBlock, SkeletonText } from '#client/ui/skeleton.tsx';
import classes from './home.module.css';

export function HomeSkeleton() {
  return (
    <>
      <SkeletonBlock width={160} height={16} mt={4} />
      <SkeletonBlock width={320} height={32} mt={12} />
      <div className={classes.split}>
        <div className={classes.main}>
          <SkeletonBlock height={192} radius={12} />
          <SkeletonBlock height={160} radius={12} />
        </div>
        <div className={classes.aside}>
          <div>
            <SkeletonBlock width={200} height={48} />
            <SkeletonBlock height={46} mt={16} />
            <SkeletonText lines={2} lineHeight={20} mt={12} />
          </div>
          <SkeletonText lines={4} lineHeight={32} />
        </div>
      </div>
    </>
  );
}
