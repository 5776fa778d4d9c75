package dev.jlp.patch;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The artifact {@code NAME.jlp}: a jar that holds one patch.
 *
 * <p>Writing is reproducible: the same patch gives the same bytes. Reading refuses, before anything
 * is defined, whatever is not exactly what the list of digests names.
 */
public final class PatchFile {

    static final String MANIFEST = "META-INF/MANIFEST.MF";
    static final String DESCRIPTION = "META-INF/jlp/patch.json";

    /** What {@code jarsigner} adds; not covered by the digests, since it covers them. */
    private static final Pattern SIGNATURE = Pattern.compile(
            "META-INF/([^/]+\\.(SF|RSA|DSA|EC)|SIG-[^/]+)", Pattern.CASE_INSENSITIVE);

    private PatchFile() {}

    /**
     * Takes from the JDK what reading needs, so that a JVM whose memory ends later can still read a patch: an
     * initialiser that finds too little fails for good.
     */
    public static void setUpReading() {
        DescriptionReader.setUp();
    }

    /**
     * The artifact's bytes.
     *
     * @throws IllegalArgumentException if the patch is one that {@link #read} would refuse
     */
    public static byte[] write(Patch patch) {
        SortedMap<String, byte[]> classes = ArtifactEntries.of(patch);
        SortedMap<String, String> digests = new TreeMap<>();
        classes.forEach((name, bytes) -> digests.put(name, digest(bytes)));
        byte[] description =
                DescriptionWriter.write(patch, digests).getBytes(StandardCharsets.UTF_8);

        byte[] artifact =
                ArchiveWriter.write(ArtifactManifest.of(patch, description), description, classes);
        try {
            read(artifact);
        } catch (PatchFileProblem refused) {
            throw new IllegalArgumentException(
                    "this patch can't be written: " + refused.getMessage(), refused);
        }
        return artifact;
    }

    /**
     * The patch in an artifact.
     *
     * @throws PatchFileProblem if the bytes are not a whole, untampered artifact of a known schema
     */
    public static Patch read(byte[] artifact) throws PatchFileProblem {
        Map<String, byte[]> entries = ArchiveReader.entries(artifact);
        byte[] description = entries.get(DESCRIPTION);
        if (description == null) {
            throw new PatchFileProblem(
                    "this jar is not a patch: it has no entry '" + DESCRIPTION + "'");
        }
        DescriptionReader reader = DescriptionReader.of(description);
        checkDigests(reader.digests(), entries);
        Patch patch = reader.patch(entries);
        ArtifactManifest.check(entries.get(MANIFEST), patch, description);
        return patch;
    }

    /** SHA-256 of an artifact's bytes, in hex: what "the same patch" means. */
    public static String digest(byte[] artifact) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(artifact));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private static void checkDigests(Map<String, String> digests, Map<String, byte[]> entries)
            throws PatchFileProblem {
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            String name = entry.getKey();
            if (name.equals(MANIFEST)
                    || name.equals(DESCRIPTION)
                    || SIGNATURE.matcher(name).matches()) {
                continue;
            }
            String expected = digests.get(name);
            if (expected == null) {
                throw new PatchFileProblem(
                        "the artifact has the entry '" + name + "' that its digests do not list");
            }
            if (!expected.equals(digest(entry.getValue()))) {
                throw new PatchFileProblem(
                        "the entry '" + name + "' does not have the digest that is listed for it");
            }
        }
        for (String listed : digests.keySet()) {
            if (!entries.containsKey(listed)) {
                throw new PatchFileProblem(
                        "the artifact lacks the entry '" + listed + "' that its digests list");
            }
        }
    }
}
