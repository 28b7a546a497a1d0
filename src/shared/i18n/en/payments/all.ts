import type { PaymentsCatalogue } from '../../payments-catalogue.ts';
import { checkout } from './checkout.ts';
import { mine } from './mine.ts';
import { order } from './order.ts';

export const paymentsCatalogue: PaymentsCatalogue = { checkout, mine, order };
