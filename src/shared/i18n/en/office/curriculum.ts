import type { OfficeCatalogue } from '../../office-catalogue.ts';

export const curriculum: OfficeCatalogue['curriculum'] = {};
