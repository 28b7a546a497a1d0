/**
 * Loaded before the school (`node --import`): its clock goes by the machine's and so many milliseconds as stand in a file, looked at anew at SIGUSR2. As when
 * somebody, or a time server, sets the machine's clock while the school runs.
 */
import { readFileSync } from 'node:fs';

const file = process.env.FAULTS_CLOCK;
const RealDate = Date;
let offset = 0;

class TurnedDate extends RealDate {
  constructor(...given: unknown[]) {
    // Date has as many constructors as it has notations; only the empty one means now.
    super(...((given.length === 0 ? [TurnedDate.now()] : given) as [number]));
  }
  // Dates that Node makes itself are dates too.
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof RealDate;
  }
  static override now(): number {
    return RealDate.now() + offset;
  }
}

if (file) {
  process.on('SIGUSR2', () => {
    offset = Number(readFileSync(file, 'utf8'));
  });
  globalThis.Date = TurnedDate as DateConstructor;
}
