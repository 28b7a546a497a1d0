import { typeset } from '../../typeset.ts';
import { checkout } from './checkout.ts';
import { mine } from './mine.ts';
import { order } from './order.ts';

export const paymentsCatalogue = typeset({ checkout, mine, order });
