/** Cross and dash in a disc: the fellows of the tick for «неверно» and «почти». */
export function Sign({ kind, size = 24, className }: { kind: 'wrong' | 'partly'; size?: number; className?: string }) {
  return (
    <svg className={className} width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="12" fill={kind === 'wrong' ? 'var(--wrong)' : 'var(--partly)'} />
      <path
        d={kind === 'wrong' ? 'M8 8l8 8M16 8l-8 8' : 'M7 12h10'}
        fill="none"
        stroke="#fff"
        strokeWidth="2.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
