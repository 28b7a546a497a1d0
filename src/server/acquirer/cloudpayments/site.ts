/** Have the form of real ones, and open nothing. */
export const publicId = 'pk_stand_in_for_development';
export const secret = 'stand-in-secret';
