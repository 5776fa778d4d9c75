package dev.jlp.builder;

import dev.jlp.patch.ClassPatch;
import dev.jlp.patch.MethodPatch;
import dev.jlp.patch.Patch;
import dev.jlp.patch.Target;
import dev.jlp.weaver.ClassView;
import dev.jlp.weaver.WeavingProblem;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A library with a patch in its jar: patched from its first class on in a JVM with the agent, the plain
 * original in any other.
 *
 * @param jar the grafted jar; empty if it is refused
 * @param target the target that the library is
 * @param refusal why it is refused, in one sentence; empty if it is not
 * @param why the same in one word
 */
public record Graft(Optional<byte[]> jar, String target, String refusal, Why why) {

    /** Where the agent looks; {@code docs/control-protocol.md} has it, too. */
    static final String FOLDER = "META-INF/jlp/graft/";

    /** Why a library is not grafted. */
    public enum Why {
        /** It is grafted. */
        NOTHING,
        /** It is not what the patch was built for. */
        MISMATCH,
        /** It holds a patch already. */
        GRAFTED,
        /** The patch has callbacks, which would have to run before the first class. */
        CALLBACKS,
        /** What its signature covers would no longer be all of it. */
        SIGNED
    }

    /**
     * Puts a patch into a library.
     *
     * @param library a file or coordinates
     * @param patch the patch
     * @param artifact the same as an artifact
     * @throws BuildProblem if the library can't be read
     */
    public static Graft of(String library, Patch patch, byte[] artifact) throws BuildProblem {
        ArtifactSource source = ArtifactSource.resolve(library);
        Release release = Release.read(source.file(), source.label());
        JarBytes jar = JarBytes.read(source.file());
        Optional<String> there =
                jar.names().stream().filter(name -> name.startsWith(FOLDER)).findFirst();
        if (there.isPresent()) {
            return refused(
                    Why.GRAFTED,
                    "'" + source.label() + "' holds a patch already, '" + there.get()
                            + "'; graft the original");
        }
        List<String> reasons = new ArrayList<>();
        for (Target target : patch.targets()) {
            String reason = mismatch(target, release);
            if (reason.isEmpty()) {
                return grafted(jar, source, target, patch, artifact);
            }
            reasons.add(reason);
        }
        return refused(
                Why.MISMATCH,
                "'" + source.label() + "' is not what '" + patch.name() + "' was built for: "
                        + String.join("; ", reasons));
    }

    private static Graft grafted(
            JarBytes jar, ArtifactSource source, Target target, Patch patch, byte[] artifact)
            throws BuildProblem {
        if (patch.targets().stream().anyMatch(each -> !each.callbacks().isEmpty())) {
            return refused(
                    Why.CALLBACKS,
                    "'" + patch.name() + "' has callbacks, which a library can't bring along;"
                            + " load or install the patch instead");
        }
        if (jar.isSigned()) {
            return refused(
                    Why.SIGNED,
                    "'" + source.label()
                            + "' is signed, and its signature would not cover the patch;"
                            + " load or install the patch instead");
        }
        byte[] grafted = jar.with(FOLDER, new byte[0])
                .with(FOLDER + patch.name() + ".jlp", artifact)
                .bytes();
        return new Graft(Optional.of(grafted), target.name(), "", Why.NOTHING);
    }

    private static Graft refused(Why why, String sentence) {
        return new Graft(Optional.empty(), "", sentence, why);
    }

    /** The first method that is not as the patch wants it; empty if all are. */
    private static String mismatch(Target target, Release release) throws BuildProblem {
        for (ClassPatch change : target.classes()) {
            byte[] classFile = release.classes().get(change.name());
            String name = change.name().replace('/', '.');
            if (classFile == null) {
                return "it has no class '" + name + "' of target '" + target.name() + "'";
            }
            ClassView type = view(classFile, name);
            for (MethodPatch method : change.methods()) {
                String held = type.fingerprints().get(method.id());
                if (!method.before().equals(held)) {
                    return "'" + name + "." + method.id() + "' "
                            + (method.after().equals(held)
                                    ? "has the fix already"
                                    : held == null ? "is missing" : "has another body");
                }
            }
        }
        return "";
    }

    private static ClassView view(byte[] classFile, String name) throws BuildProblem {
        try {
            return ClassView.of(classFile);
        } catch (WeavingProblem unreadable) {
            throw new BuildProblem("'" + name + "': " + unreadable.getMessage(), unreadable);
        }
    }
}
