import type { ListFilesInput } from '#shared/files.ts';

/** The filter of the page in its address, so that «back» works and a view can be sent to a colleague. */
export type FilesFilter = Required<Pick<ListFilesInput, 'page' | 'search' | 'sort'>> & Pick<ListFilesInput, 'courseId' | 'kind'>;

const sorts = ['newest', 'largest', 'name'] as const;
const kinds = ['picture', 'video', 'other'] as const;

export function readFilter(search: string): FilesFilter {
  const query = new URLSearchParams(search);
  const page = Number.parseInt(query.get('page') ?? '', 10);
  const course = query.get('course') ?? '';
  return {
    page: Math.min(100_000, Math.max(1, page || 1)),
    search: (query.get('q') ?? '').trim().slice(0, 100),
    sort: sorts.find((one) => one === query.get('sort')) ?? 'newest',
    courseId: /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(course) ? course : undefined,
    kind: kinds.find((one) => one === query.get('kind')),
  };
}

/** An address without what is usual; empty for the whole list from its beginning. */
export function filterToSearch({ page, search, sort, courseId, kind }: FilesFilter): string {
  const query = new URLSearchParams();
  if (search !== '') query.set('q', search);
  if (courseId) query.set('course', courseId);
  if (kind) query.set('kind', kind);
  if (sort !== 'newest') query.set('sort', sort);
  if (page > 1) query.set('page', String(page));
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

export const isFiltered = ({ search, courseId, kind }: FilesFilter): boolean => search !== '' || Boolean(courseId) || Boolean(kind);
