package dev.jlp.builder;

import dev.jlp.patch.Replace;
import dev.jlp.patch.Version;

import java.util.List;

/**
 * What to build.
 *
 * @param name of the patch
 * @param version of the patch
 * @param replace which active patches it replaces
 * @param replaceSet empty for the default: the only target's name, else the patch's own
 * @param supersedes names of patches whose fixes it may drop
 * @param includes globs of {@code Class} or {@code Class.method}; none means everything
 * @param excludes the same, taken away from what is included
 * @param quiesce globs of methods that keep their body but must be off every stack
 * @param closure whether to add the changes that the chosen ones need
 * @param takable whether to take what can be taken instead of failing over the rest
 * @param classpath jar files or coordinates that the releases need, for their class hierarchy
 */
public record BuildOptions(
        String name,
        Version version,
        Replace replace,
        String replaceSet,
        List<String> supersedes,
        List<String> includes,
        List<String> excludes,
        List<String> quiesce,
        boolean closure,
        boolean takable,
        List<String> classpath) {

    /** The whole difference, with nothing special. */
    public static BuildOptions named(String name, String version) {
        return new BuildOptions(
                name,
                new Version(version),
                Replace.SET,
                "",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                false,
                false,
                List.of());
    }

    /** The same with these replace rules. */
    public BuildOptions replacing(Replace rule, String set, List<String> superseded) {
        return new BuildOptions(
                name,
                version,
                rule,
                set,
                superseded,
                includes,
                excludes,
                quiesce,
                closure,
                takable,
                classpath);
    }

    /** The same for these changes only. */
    public BuildOptions including(String... globs) {
        return new BuildOptions(
                name,
                version,
                replace,
                replaceSet,
                supersedes,
                List.of(globs),
                excludes,
                quiesce,
                closure,
                takable,
                classpath);
    }

    /** The same without these changes. */
    public BuildOptions excluding(String... globs) {
        return new BuildOptions(
                name,
                version,
                replace,
                replaceSet,
                supersedes,
                includes,
                List.of(globs),
                quiesce,
                closure,
                takable,
                classpath);
    }

    /** The same with these quiesce methods. */
    public BuildOptions quiescing(String... globs) {
        return new BuildOptions(
                name,
                version,
                replace,
                replaceSet,
                supersedes,
                includes,
                excludes,
                List.of(globs),
                closure,
                takable,
                classpath);
    }

    /** The same, adding what the chosen changes need. */
    public BuildOptions withClosure() {
        return new BuildOptions(
                name,
                version,
                replace,
                replaceSet,
                supersedes,
                includes,
                excludes,
                quiesce,
                true,
                takable,
                classpath);
    }

    /** The same, taking what can be taken. */
    public BuildOptions onlyTakable() {
        return new BuildOptions(
                name,
                version,
                replace,
                replaceSet,
                supersedes,
                includes,
                excludes,
                quiesce,
                closure,
                true,
                classpath);
    }

    /** The same with these jars to look supertypes up in. */
    public BuildOptions withClasspath(List<String> jars) {
        return new BuildOptions(
                name,
                version,
                replace,
                replaceSet,
                supersedes,
                includes,
                excludes,
                quiesce,
                closure,
                takable,
                jars);
    }
}
