package dev.jlp.runtime;

import java.util.List;

/**
 * How a load began.
 *
 * @param patch which
 * @param state {@code transition}, {@code waiting} or {@code dry-run}
 * @param examination what it met
 * @param warnings what is not as it should be
 */
record LoadAnswer(
        LoadedPatch patch, String state, Examination examination, List<String> warnings) {}
