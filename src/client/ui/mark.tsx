/** Disc with the tick cut out: the letter «О» of the logo, and the sign of what is solved, right, done. Nothing else wears it. */
export const markPath = 'M24.014 4.216A14 14 0 1 0 26.491 7.679L11.9 22.27 4.615 14.985l2.97-2.97L11.9 16.33z';

interface MarkProps {
  size?: 16 | 20 | 24;
  className?: string;
}

export function Mark({ size = 20, className }: MarkProps) {
  return (
    <svg className={className} width={size} height={size} viewBox="0 0 28 28" fill="var(--accent)" aria-hidden="true">
      <path d={markPath} />
    </svg>
  );
}
