import { useNoticesText } from '#client/lib/notices-text.ts';
import { ListFoot, type Paged } from '#client/ui/list-foot.tsx';

/** Where a list of notices or news goes on. */
export function ShowMore({ list }: { list: Paged }) {
  return <ListFoot list={list} words={useNoticesText().bell} />;
}
