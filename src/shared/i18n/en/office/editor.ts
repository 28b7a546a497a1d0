import type { OfficeCatalogue } from '../../office-catalogue.ts';

export const editor: OfficeCatalogue['editor'] = {};
