export const scalesPath = '/admin/settings/scales';
/** In place of a year. */
export const newYear = 'new';

export function scalePath(subjectId: string, year: number | typeof newYear): string {
  return `${scalesPath}?subject=${subjectId}&year=${year}`;
}
