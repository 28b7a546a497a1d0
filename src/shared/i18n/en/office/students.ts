import type { OfficeCatalogue } from '../../office-catalogue.ts';

export const students: OfficeCatalogue['students'] = {};
