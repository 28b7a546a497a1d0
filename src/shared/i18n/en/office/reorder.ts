import type { OfficeCatalogue } from '../../office-catalogue.ts';

export const reorder: OfficeCatalogue['reorder'] = {
  handle: (name) => `Move: ${name}`,
  hint: 'Space lifts, arrows move, Space puts down, Esc takes back.',
  place: (place, total) => `${place} of ${total}`,
  lifted: (name, place) => `“${name}” lifted, place ${place}`,
  at: (place) => `Place ${place}`,
  atIn: (place, list) => `Place ${place}, ${list}`,
  dropped: (name, place) => `“${name}” is now at place ${place}`,
  cancelled: (name, place) => `“${name}” stays at place ${place}`,
};
