import { fromBufferPromise } from 'yauzl';
import { questionLimits } from '#shared/transfer.ts';
import { acceptEntry, createTally } from '../zip-rules.ts';

/** A table of five thousand long tasks has ten; what is more is made to fill memory. */
const largestUnpacked = 60_000_000;

const limits = { entries: 500, fileOf: () => largestUnpacked, isMedia: () => false, total: largestUnpacked };

/** Is this an Excel file that may be opened? Its parts are unpacked once and thrown away, so that none is larger than it says. */
export async function checkWorkbook(bytes: Buffer): Promise<boolean> {
  if (bytes.length > questionLimits.xlsx) return false;
  try {
    const zip = await fromBufferPromise(bytes, { decodeStrings: false, validateEntrySizes: true });
    const tally = createTally(limits, bytes.length, zip.entryCount);
    for await (const entry of zip.eachEntry()) {
      const judged = acceptEntry(entry, tally);
      if ('refusal' in judged) return false;
      if (judged.path === null) continue;
      for await (const _chunk of await zip.openReadStreamPromise(entry));
    }
    return true;
  } catch {
    return false;
  }
}
