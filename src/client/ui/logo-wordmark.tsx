import { markPath } from './mark.tsx';

/** Drawn, not set in a font; never lower than 22 px. */
export function LogoWordmark({ height = 29 }: { height?: number }) {
  return (
    <svg width={(height * 148) / 29} height={height} viewBox="0 -0.5 148 29" aria-hidden="true">
      <path fill="var(--accent)" d={markPath} />
      <g fill="none" stroke="currentColor" strokeWidth="3.4">
        <path d="M31.5 9.7h13.6M38.3 9.7V28" />
        <path d="M46.6 26.3h.8c2.4 0 3.5-1.5 3.7-5.2l.6-11.4h8.5V28" />
        <path d="M68.1 8v20M82.1 8v20M68.1 25.4l14-14.8" />
        <path d="M89.2 8v5.6a5 5 0 0 0 5 5h7.8M102 8v20" />
        <path d="M109.9 8v20M122.7 8v20M109.9 18h12.8" />
        <circle cx="137.4" cy="18" r="8.7" />
      </g>
    </svg>
  );
}
