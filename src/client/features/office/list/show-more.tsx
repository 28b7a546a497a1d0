import { useOfficeText } from '#client/lib/office-text.ts';
import { ListFoot, type Paged } from '#client/ui/list-foot.tsx';

/** Where a list of the office goes on. */
export function ShowMore({ list }: { list: Paged }) {
  const { showMore: more, moreFailed } = useOfficeText().shell;
  return <ListFoot list={list} words={{ more, moreFailed }} size="sm" />;
}
