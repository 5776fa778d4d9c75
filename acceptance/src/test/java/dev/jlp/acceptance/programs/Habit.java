package dev.jlp.acceptance.programs;

/** How a worker of the no-mixture program calls. */
enum Habit {
    /** Ordinary calls. */
    DIRECT,
    /** Through {@code Method.invoke}, whose native accessor enters a body after a safepoint. */
    REFLECTIVE,
    /** A few calls, then a rest outside the library. */
    RESTING,
    /** A few calls, and the thread is over. */
    BRIEF;

    static Habit of(int number, boolean virtual) {
        if (virtual) {
            return RESTING;
        }
        return number % 4 == 3 ? REFLECTIVE : number % 4 == 2 ? RESTING : DIRECT;
    }
}
