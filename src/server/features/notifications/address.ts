import type { Tx } from '../../platform/db.ts';

/** A letter was read at this address: it takes mail, whatever was answered once. Inside the transaction of who knows it. */
export async function liftMailBlock(tx: Tx, email: string): Promise<void> {
  await tx.mailBlock.deleteMany({ where: { email } });
}
