import { dayAndTime, instantOf, isDay, isTime } from '#shared/wall-clock.ts';

/** A day and a time as two fields have them; both empty: no date. */
export interface Moment {
  on: string;
  time: string;
}

/** The window of an exam as one text, so that both of its ends are saved together: one alone may contradict the other. */
export interface ExamWindow {
  opens: Moment;
  closes: Moment;
}

const nothing: Moment = { on: '', time: '' };

export function windowText(exam: { opensAt: string | null; closesAt: string | null }, zone: string): string {
  const moment = (at: string | null) => (at === null ? nothing : dayAndTime(at, zone));
  return textOf({ opens: moment(exam.opensAt), closes: moment(exam.closesAt) });
}

export const textOf = ({ opens, closes }: ExamWindow) => [opens.on, opens.time, closes.on, closes.time].join('|');

export function windowOf(text: string): ExamWindow {
  const [opensOn = '', opensTime = '', closesOn = '', closesTime = ''] = text.split('|');
  return { opens: { on: opensOn, time: opensTime }, closes: { on: closesOn, time: closesTime } };
}

/** A date that is chosen gets a time to go with it, and one that is taken away takes its time along. */
export function withDate(moment: Moment, on: string, usualTime: string): Moment {
  if (on === '') return nothing;
  return { on, time: moment.time === '' ? usualTime : moment.time };
}

const isEmpty = ({ on, time }: Moment) => on === '' && time === '';
const isMoment = ({ on, time }: Moment) => isDay(on) && isTime(time);

/** The instants, or what is wrong with them. */
export function instantsOf(
  { opens, closes }: ExamWindow,
  zone: string,
): { opensAt: string | null; closesAt: string | null } | { problem: 'date' | 'order' } {
  for (const moment of [opens, closes]) if (!isEmpty(moment) && !isMoment(moment)) return { problem: 'date' };
  const at = (moment: Moment) => (isEmpty(moment) ? null : instantOf(moment.on, moment.time, zone).toISOString());
  const [opensAt, closesAt] = [at(opens), at(closes)];
  if (opensAt !== null && closesAt !== null && opensAt >= closesAt) return { problem: 'order' };
  return { opensAt, closesAt };
}
