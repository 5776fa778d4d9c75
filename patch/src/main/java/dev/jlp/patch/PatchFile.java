package dev.jlp.patch;

/**
 * The artifact {@code NAME.jlp}: a jar that holds one patch.
 *
 * <p>Writing is reproducible: the same patch gives the same bytes. Reading refuses, before anything
 * is defined, whatever is not exactly what the list of digests names.
 */
@SuppressWarnings("DoNotCallSuggester") // until written
public final class PatchFile {

    private PatchFile() {}

    /** The artifact's bytes. */
    public static byte[] write(Patch patch) {
        throw new UnsupportedOperationException("written next");
    }

    /**
     * The patch in an artifact.
     *
     * @throws PatchFileProblem if the bytes are not a whole, untampered artifact of a known schema
     */
    public static Patch read(byte[] artifact) throws PatchFileProblem {
        throw new UnsupportedOperationException("written next");
    }

    /** SHA-256 of an artifact's bytes, in hex: what "the same patch" means. */
    public static String digest(byte[] artifact) {
        throw new UnsupportedOperationException("written next");
    }
}
