import type { OfficeCatalogue } from '../../office-catalogue.ts';

export const audit: OfficeCatalogue['audit'] = {};
