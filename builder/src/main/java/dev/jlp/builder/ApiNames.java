package dev.jlp.builder;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.tree.ClassNode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The API for authors of patches, by the names that it has in a patched JVM: in java.lang. */
final class ApiNames extends Remapper {

    private static final String API = "dev/jlp/api/";
    private static final String IN_JVM = "java/lang/Jlp";

    private ApiNames() {
        super(Opcodes.ASM9);
    }

    @Override
    public String map(String internalName) {
        return internalName.startsWith(API)
                ? IN_JVM + internalName.substring(API.length())
                : internalName;
    }

    /** A fixed release as it will be in the JVM; an API that it brings along is not taken. */
    static Release inJvm(Release fixed) throws BuildProblem {
        SortedMap<String, byte[]> classes = new TreeMap<>();
        for (Map.Entry<String, byte[]> type : fixed.classes().entrySet()) {
            if (!type.getKey().startsWith(API)) {
                classes.put(type.getKey(), inJvm(type.getKey(), type.getValue()));
            }
        }
        return fixed.with(classes);
    }

    /** A class of the API, by its name in the JVM; null if there is none. */
    static byte @Nullable [] classFile(String name) throws IOException, BuildProblem {
        if (!name.startsWith(IN_JVM)) {
            return null;
        }
        String path = "/" + API + name.substring(IN_JVM.length()) + ".class";
        try (InputStream in = ApiNames.class.getResourceAsStream(path)) {
            return in == null ? null : inJvm(name, in.readAllBytes());
        }
    }

    /** A class file that does not name the API stays as it is, byte by byte. */
    private static byte[] inJvm(String name, byte[] classFile) throws BuildProblem {
        if (!new String(classFile, StandardCharsets.ISO_8859_1).contains(API)) {
            return classFile;
        }
        ClassNode renamed = new ClassNode();
        ClassFiles.parse(classFile, name).accept(new ClassRemapper(renamed, new ApiNames()));
        return ClassFiles.write(renamed);
    }
}
