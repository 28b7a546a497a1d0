import { SkeletonBlock } from '#client/ui/skeleton.tsx';

export function DetailsSkeleton() {
  return (
    <>
      <SkeletonBlock width={160} height={32} mt={64} />
      <SkeletonBlock height={140} mt={16} />
      <SkeletonBlock width={240} height={32} mt={64} />
      <SkeletonBlock height={200} mt={24} />
    </>
  );
}
