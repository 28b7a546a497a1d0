import type { OfficeCatalogue } from '../../office-catalogue.ts';

export const transfer: OfficeCatalogue['transfer'] = {};
