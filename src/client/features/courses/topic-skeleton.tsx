import { SkeletonBlock, SkeletonText } from '#client/ui/skeleton.tsx';
import classes from './topic.module.css';

export function TopicSkeleton() {
  return (
    <div className={classes.grid}>
      <div className={classes.contents}>
        <SkeletonBlock width={160} height={14} />
        <SkeletonText lines={4} lineHeight={32} mt={32} />
        <SkeletonBlock height={96} mt={40} radius={8} />
      </div>
      <div>
        <SkeletonBlock width="70%" height={32} mt={4} />
        <SkeletonBlock width={260} height={14} mt={18} />
        <div className={classes.theory}>
          <SkeletonBlock width={220} height={24} mt={4} />
          <SkeletonText lines={6} lineHeight={28} mt={16} />
          <SkeletonText lines={4} lineHeight={28} mt={32} />
        </div>
      </div>
    </div>
  );
}
