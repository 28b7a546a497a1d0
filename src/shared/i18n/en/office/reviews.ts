import type { OfficeCatalogue } from '../../office-catalogue.ts';

export const reviews: OfficeCatalogue['reviews'] = {};
