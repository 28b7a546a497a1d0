import { useLocation, useSearch } from 'wouter';
import { type AuditAction, type AuditKind, auditActions, auditKinds, type ListAuditInput, listAuditInput } from '#shared/audit.ts';

export type JournalFilter = Omit<ListAuditInput, 'cursor' | 'direction'>;

const names = ['actor', 'kind', 'action', 'subject', 'from', 'to', 'text'] as const;

/** The filter that stands in the address; what cannot be one is left out. */
export function readFilter(search: string): JournalFilter {
  const query = new URLSearchParams(search);
  const filter: Record<string, unknown> = {};
  for (const name of names) {
    const value = query.get(name);
    if (value && listAuditInput.shape[name].safeParse(value).success) filter[name] = value;
  }
  return listAuditInput.omit({ cursor: true, direction: true }).parse(filter);
}

export function filterQuery(filter: JournalFilter): string {
  const query = new URLSearchParams();
  for (const name of names) {
    const value = filter[name];
    if (value) query.set(name, value);
  }
  const text = query.toString();
  return text && `?${text}`;
}

/**
 * Kinds of deeds, and the deeds of the one that is chosen. Of payments nothing is said where the school takes none, unless they are asked for: they may
 * have been taken before.
 */
export function choicesOf(
  filter: Pick<JournalFilter, 'kind' | 'action'>,
  takesPayments: boolean,
): { kinds: AuditKind[]; actions: AuditAction[] } {
  const kinds = auditKinds.filter((kind) => kind !== 'payments' || takesPayments || filter.kind === kind);
  const actions = (Object.keys(auditActions) as AuditAction[]).filter((action) =>
    filter.kind ? auditActions[action] === filter.kind : action === filter.action || kinds.some((kind) => kind === auditActions[action]),
  );
  return { kinds: [...kinds], actions };
}

/** The filter lives in the address, so that it survives a reload and can be sent to somebody. */
export function useFilter(): [JournalFilter, (change: Partial<Record<(typeof names)[number], string>>) => void] {
  const filter = readFilter(useSearch());
  const [path, go] = useLocation();
  return [
    filter,
    (change) => {
      const next = readFilter(filterQuery({ ...filter, ...change } as JournalFilter));
      go(`${path}${filterQuery(next)}`, { replace: true });
    },
  ];
}
