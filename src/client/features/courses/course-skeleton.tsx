import { SkeletonBlock, SkeletonText } from '#client/ui/skeleton.tsx';
import classes from './course.module.css';

/** As high as a course of eight topics. */
export function CourseSkeleton() {
  return (
    <>
      <SkeletonBlock width={180} height={14} mt={3} />
      <div className={classes.head}>
        <div>
          <SkeletonBlock width={360} height={32} mt={4} />
          <SkeletonText lines={2} lineHeight={28} mt={12} />
        </div>
        <SkeletonBlock height={48} radius={8} />
      </div>
      <div className={classes.split}>
        <div>
          <SkeletonBlock width={96} height={24} mt={4} />
          {[1, 2, 3, 4, 5, 6, 7, 8].map((row) => (
            <SkeletonBlock key={row} height={24} mt={row === 1 ? 36 : 40} />
          ))}
        </div>
        <div>
          <SkeletonBlock width={96} height={18} mt={4} />
          <SkeletonBlock width={140} height={36} mt={12} />
          <SkeletonText lines={3} lineHeight={44} mt={16} />
        </div>
      </div>
    </>
  );
}
