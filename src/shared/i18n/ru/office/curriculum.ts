export const curriculum = {};
