import { useState } from 'react';
import { useDraft } from '#client/lib/draft.ts';
import { serverNow } from '#client/lib/now.ts';
import type { OfficeScaleDto, ScaleSubjectDto } from '#shared/scales.ts';

export interface ScaleDraft {
  year: string;
  max: string;
  cells: string[];
  /** What stood there when the editing began: it goes along with the draft, so that a reload does not hide what others did since. */
  former: number[] | null;
}

/**
 * The table of one year as it is typed; survives a reload and the way back to the list.
 * @param scale null: a new one
 */
export function useScaleDraft(subject: ScaleSubjectDto, scale: OfficeScaleDto | null) {
  const { draft: typed, change, forget } = useDraft<Partial<ScaleDraft>>(`scale.${subject.id}.${scale?.year ?? 'new'}`, {});
  const [wasKept] = useState(() => Object.keys(typed).length > 0);
  // Until something is typed it is what is stored, also where that is read once more.
  const draft: ScaleDraft = { ...begin(subject, scale), ...typed };
  return { draft, wasKept, change: (part: Partial<ScaleDraft>) => change({ ...draft, ...part }), forget };
}

function begin(subject: ScaleSubjectDto, scale: OfficeScaleDto | null): ScaleDraft {
  if (scale) {
    const { year, points } = scale;
    return { year: String(year), max: String(points.length), cells: points.map(String), former: points };
  }
  const newest = subject.scales[0];
  const year = newest ? newest.year + 1 : new Date(serverNow()).getFullYear();
  return { year: String(year), max: String(subject.maxPrimary), cells: [], former: null };
}
