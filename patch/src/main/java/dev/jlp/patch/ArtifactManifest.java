package dev.jlp.patch;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/**
 * The manifest of an artifact: what the patch is, for tools that know jars only. It says nothing
 * that the description does not say, and it has the description's digest.
 */
final class ArtifactManifest {

    private ArtifactManifest() {}

    static byte[] of(Patch patch, byte[] description) {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes(patch, description).forEach(main::putValue);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            manifest.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static void check(byte @Nullable [] bytes, Patch patch, byte[] description)
            throws PatchFileProblem {
        if (bytes == null) {
            throw new PatchFileProblem("the artifact has no manifest");
        }
        Attributes main;
        try {
            main = new Manifest(new ByteArrayInputStream(bytes)).getMainAttributes();
        } catch (IOException | IllegalArgumentException broken) {
            throw new PatchFileProblem("the artifact's manifest can't be read", broken);
        }
        for (Map.Entry<String, String> expected : attributes(patch, description).entrySet()) {
            if (!expected.getValue().equals(main.getValue(expected.getKey()))) {
                throw new PatchFileProblem("the manifest's '" + expected.getKey()
                        + "' does not agree with the description");
            }
        }
    }

    private static Map<String, String> attributes(Patch patch, byte[] description) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("JLP-Name", patch.name());
        attributes.put("JLP-Version", patch.version().text());
        attributes.put("JLP-Replace", patch.replace().word());
        attributes.put("JLP-Set", patch.replaceSet());
        attributes.put("JLP-Supersedes", String.join(",", patch.supersedes()));
        attributes.put("JLP-Description-SHA-256", PatchFile.digest(description));
        return attributes;
    }
}
