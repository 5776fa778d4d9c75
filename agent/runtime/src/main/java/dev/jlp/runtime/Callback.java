package dev.jlp.runtime;

import java.util.Locale;

/** The four moments at which an author's code runs. Kernel: the members of {@code klp_callbacks}. */
enum Callback {
    PRE_PATCH,
    POST_PATCH,
    PRE_UNPATCH,
    POST_UNPATCH;

    /** As in events. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
