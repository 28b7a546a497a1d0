import { Mark } from './mark.tsx';

const radius = 8.75;
const round = 2 * Math.PI * radius;

/** How far a topic is, 20 px: empty ring, part of a ring, the tick when all is done. Its number stands beside it in words. */
export function Ring({ done, total, className }: { done: number; total: number; className?: string }) {
  if (total > 0 && done >= total) return <Mark className={className} />;
  const share = total > 0 ? Math.max(0, done / total) : 0;
  return (
    <svg className={className} width="20" height="20" viewBox="0 0 20 20" fill="none" strokeWidth="2.5" aria-hidden="true">
      <circle cx="10" cy="10" r={radius} stroke="var(--mantine-color-gray-3)" />
      {share > 0 && (
        <circle
          cx="10"
          cy="10"
          r={radius}
          stroke="var(--accent)"
          strokeDasharray={`${share * round} ${round}`}
          transform="rotate(-90 10 10)"
        />
      )}
    </svg>
  );
}
