import type { OfficeCatalogue } from '../../office-catalogue.ts';

export const files: OfficeCatalogue['files'] = {};
