package dev.jlp.builder;

import dev.jlp.patch.Patch;
import dev.jlp.patch.Replace;
import dev.jlp.patch.State;
import dev.jlp.patch.Version;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Consumer;

/** What to build. Immutable: each option given makes another one. */
public final class BuildOptions {

    private final String name;
    private final Version version;

    // Written while a copy is made, before anybody else sees it.
    private Replace replace = Replace.SET;
    private String replaceSet = "";
    private List<String> supersedes = List.of();
    private List<String> includes = List.of();
    private List<String> excludes = List.of();
    private List<String> quiesce = List.of();
    private List<String> anew = List.of();
    private List<State> states = List.of();
    private List<String> callbacks = List.of();
    private boolean closure;
    private boolean takable;
    private List<String> classpath = List.of();
    private int targetJdk;
    private List<Relocation> relocations = List.of();
    private @Nullable Patch earlier;

    private BuildOptions(String name, Version version) {
        this.name = name;
        this.version = version;
    }

    /** The whole difference, with nothing special. */
    public static BuildOptions named(String name, String version) {
        return new BuildOptions(name, new Version(version));
    }

    /**
     * The same with these replace rules.
     *
     * @param rule which active patches it replaces
     * @param set empty for the default: the only target's name, else the patch's own
     * @param superseded names of patches whose fixes it may drop
     */
    public BuildOptions replacing(Replace rule, String set, List<String> superseded) {
        return with(copy -> {
            copy.replace = rule;
            copy.replaceSet = set;
            copy.supersedes = List.copyOf(superseded);
        });
    }

    /** The same for these changes only: globs of {@code Class} or {@code Class.method}. */
    public BuildOptions including(String... globs) {
        return with(copy -> copy.includes = List.of(globs));
    }

    /** The same without these changes, taken away from what is included. */
    public BuildOptions excluding(String... globs) {
        return with(copy -> copy.excludes = List.of(globs));
    }

    /** The same with these methods, which keep their body but must be off every stack. */
    public BuildOptions quiescing(String... globs) {
        return with(copy -> copy.quiesce = List.of(globs));
    }

    /** The same with these static fields made anew: globs of {@code Class.field}. */
    public BuildOptions startingAnew(String... globs) {
        return with(copy -> copy.anew = List.of(globs));
    }

    /** The same, declaring these changes of the running system. */
    public BuildOptions declaring(List<State> declared) {
        return with(copy -> copy.states = List.copyOf(declared));
    }

    /** The same, with these classes called back: in a fixed release, or on the class path. */
    public BuildOptions callingBack(List<String> classes) {
        return with(copy -> copy.callbacks = List.copyOf(classes));
    }

    /** The same, adding what the chosen changes need, or not. */
    public BuildOptions withClosure(boolean wanted) {
        return with(copy -> copy.closure = wanted);
    }

    /** The same, taking what can be taken instead of failing over the rest, or not. */
    public BuildOptions onlyTakable(boolean wanted) {
        return with(copy -> copy.takable = wanted);
    }

    /** The same with these jar files or coordinates, to look supertypes up in. */
    public BuildOptions withClasspath(List<String> jars) {
        return with(copy -> copy.classpath = List.copyOf(jars));
    }

    /** The same for JVMs of this Java release: of multi-release jars the classes that it finds. */
    public BuildOptions forJdk(int release) {
        return with(copy -> copy.targetJdk = release);
    }

    /** The same, in the place of an earlier patch: what that has added is taken over. */
    public BuildOptions takingOver(Patch patch) {
        return with(copy -> copy.earlier = patch);
    }

    /** The same for a copy of the releases in which packages were renamed. */
    public BuildOptions relocating(List<Relocation> rules) {
        return with(copy -> copy.relocations = List.copyOf(rules));
    }

    private BuildOptions with(Consumer<BuildOptions> edit) {
        BuildOptions copy = new BuildOptions(name, version);
        copy.replace = replace;
        copy.replaceSet = replaceSet;
        copy.supersedes = supersedes;
        copy.includes = includes;
        copy.excludes = excludes;
        copy.quiesce = quiesce;
        copy.anew = anew;
        copy.states = states;
        copy.callbacks = callbacks;
        copy.closure = closure;
        copy.takable = takable;
        copy.classpath = classpath;
        copy.targetJdk = targetJdk;
        copy.relocations = relocations;
        copy.earlier = earlier;
        edit.accept(copy);
        return copy;
    }

    String name() {
        return name;
    }

    Version version() {
        return version;
    }

    Replace replace() {
        return replace;
    }

    String replaceSet() {
        return replaceSet;
    }

    List<String> supersedes() {
        return supersedes;
    }

    List<String> includes() {
        return includes;
    }

    List<String> excludes() {
        return excludes;
    }

    List<String> quiesce() {
        return quiesce;
    }

    List<String> anew() {
        return anew;
    }

    List<State> states() {
        return states;
    }

    boolean closure() {
        return closure;
    }

    boolean takable() {
        return takable;
    }

    List<String> classpath() {
        return classpath;
    }

    /** 0 if the classes for all releases are meant. */
    int targetJdk() {
        return targetJdk;
    }

    List<Relocation> relocations() {
        return relocations;
    }

    @Nullable
    Patch earlier() {
        return earlier;
    }

    List<String> callbacks() {
        return callbacks;
    }
}
