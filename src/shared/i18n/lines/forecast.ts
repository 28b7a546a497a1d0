import type { ForecastDto } from '../../statistics.ts';
import { forecastRule } from '../../statistics-rules.ts';
import type { StudyCatalogue } from '../study-catalogue.ts';

type Words = StudyCatalogue['statistics']['forecast'];

export interface Gap {
  score: number;
  /** Primary points that are missing. */
  points: number;
}

/** Is the target reached, and which marks are not: the nearest first. */
export function gapsOf({ marks, now, targetPrimary }: Pick<ForecastDto, 'marks' | 'now' | 'targetPrimary'>): {
  reached: boolean;
  gaps: Gap[];
} {
  const primary = now?.primary ?? 0;
  const gaps = marks.flatMap((mark) =>
    mark.primary !== null && mark.primary > primary ? [{ score: mark.score, points: mark.primary - primary }] : [],
  );
  return { reached: targetPrimary !== null && targetPrimary <= primary, gaps };
}

/** «Сейчас это 62 балла: 12 первичных из 32. До 80+ не хватает 5 первичных баллов.», around the number that stands out. */
export function forecastLead(
  forecast: ForecastDto,
  now: NonNullable<ForecastDto['now']>,
  words: Words,
): [before: string, score: string, after: string] {
  const { reached, gaps } = gapsOf(forecast);
  const rest = [
    words.now.after(now.primary, forecast.maxPrimary),
    reached && words.reached(forecast.target),
    gaps.length > 0 && words.gaps(gaps),
  ];
  return [words.now.before, words.now.score(now.score), rest.filter(Boolean).join(' ')];
}

/** A forecast will come, once there are answers enough. */
export function isEarly({ now, basis }: ForecastDto): boolean {
  return now === null && basis.ofNumbers >= forecastRule.leastNumbers;
}

/** Why there is no forecast. */
export const noForecast = (forecast: ForecastDto, words: Words) =>
  isEarly(forecast) ? words.early(forecastRule, forecast.basis) : words.impossible;

/** Each by itself, but for those that wait for their answers: where several do, the rule is said once for all. */
export function shownForecasts(forecasts: ForecastDto[]): { shown: ForecastDto[]; waiting: ForecastDto[] } {
  const early = forecasts.filter(isEarly);
  return early.length > 1 ? { shown: forecasts.filter((each) => !isEarly(each)), waiting: early } : { shown: forecasts, waiting: [] };
}
