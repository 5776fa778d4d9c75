package dev.jlp.fuzz;

import dev.jlp.patch.PatchFile;
import dev.jlp.patch.PatchFileProblem;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Descriptions of patches in artifacts that are otherwise as they should be. */
public final class DescriptionFuzz {

    private static final String DESCRIPTION = "META-INF/jlp/patch.json";

    private DescriptionFuzz() {}

    /** The name that Jazzer looks for. */
    public static void fuzzerTestOneInput(byte[] description) {
        try {
            PatchFile.read(around(description));
        } catch (PatchFileProblem refused) {
            Sentences.require(refused.getMessage());
        }
    }

    /** The seed's artifact with another description. */
    static byte[] around(byte[] description) {
        Map<String, byte[]> entries = new TreeMap<>(Seeds.entries());
        entries.put(DESCRIPTION, description);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static byte[] seed() {
        return Objects.requireNonNull(Seeds.entries().get(DESCRIPTION));
    }
}
