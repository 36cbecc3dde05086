/** The mean year of the Julian calendar. */
export const yearSeconds = 365.25 * 86_400;
