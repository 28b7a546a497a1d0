/** Have the form of real ones, and open nothing. */
export const terminalKey = 'StandInDEMO';
export const password = 'stand-in-password';
