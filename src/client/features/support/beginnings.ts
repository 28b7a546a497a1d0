import type { FaqCategoryDto, FaqItemDto, FaqListDto } from '#shared/support.ts';

/** Of each category, while all stand one below the other. */
export const shownOfEach = 4;

export interface Group {
  category: FaqCategoryDto;
  items: FaqItemDto[];
  /** How many more it has. */
  rest: number;
}

/** The first articles of every category, and those that are open. One that would be left out alone is shown as well. */
export function beginnings({ categories, items }: FaqListDto, opened: ReadonlySet<string>): Group[] {
  return categories.flatMap((category) => {
    const own = items.filter((item) => item.categoryId === category.id);
    const shown = own.length <= shownOfEach + 1 ? own : own.filter((item, place) => place < shownOfEach || opened.has(item.slug));
    return own.length === 0 ? [] : [{ category, items: shown, rest: own.length - shown.length }];
  });
}
