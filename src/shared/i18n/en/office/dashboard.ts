import type { OfficeCatalogue } from '../../office-catalogue.ts';

export const dashboard: OfficeCatalogue['dashboard'] = {};
