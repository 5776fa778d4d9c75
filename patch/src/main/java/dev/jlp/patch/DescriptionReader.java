package dev.jlp.patch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads {@code META-INF/jlp/patch.json}; {@link DescriptionWriter} is its other half. */
final class DescriptionReader {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:+@-]{0,199}");
    private static final Pattern INTERNAL_NAME =
            Pattern.compile("[^./;\\[\\p{Cntrl}]{1,1000}(/[^./;\\[\\p{Cntrl}]{1,1000}){0,200}");
    private static final Pattern METHOD_NAME =
            Pattern.compile("<init>|<clinit>|[^./;\\[<>]{1,65535}");
    private static final Pattern METHOD_DESCRIPTOR =
            Pattern.compile("\\((\\[{0,255}([BCDFIJSZ]|L[^;.\\[]{1,65535};)){0,255}\\)"
                    + "(V|\\[{0,255}([BCDFIJSZ]|L[^;.\\[]{1,65535};))");
    private static final Pattern FINGERPRINT = Pattern.compile("fp1:[0-9a-f]{64}");
    private static final Pattern KIND = Pattern.compile("[a-z]+(-[a-z]+)*");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final JsonFields root;

    private DescriptionReader(JsonFields root) {
        this.root = root;
    }

    /** Being called, it has its patterns. */
    static void setUp() {}

    static DescriptionReader of(byte[] description) throws PatchFileProblem {
        JsonFields root = JsonFields.parse(description);
        int schema = root.integer("schema");
        if (schema != DescriptionWriter.SCHEMA) {
            throw new PatchFileProblem("the patch has schema " + schema
                    + ", this JLP knows schema "
                    + DescriptionWriter.SCHEMA
                    + " only");
        }
        return new DescriptionReader(root);
    }

    /** SHA-256 in hex by the name of the entry. */
    Map<String, String> digests() throws PatchFileProblem {
        JsonFields listed = root.fields("digests");
        Map<String, String> digests = new TreeMap<>();
        for (String name : listed.object().keySet()) {
            digests.put(name, listed.string(name, SHA256));
        }
        return digests;
    }

    Patch patch(Map<String, byte[]> entries) throws PatchFileProblem {
        List<Target> targets = new ArrayList<>();
        List<JsonFields> described = root.objects("targets");
        for (int i = 0; i < described.size(); i++) {
            targets.add(target(i, described.get(i), entries));
        }
        if (targets.isEmpty()) {
            throw new PatchFileProblem("the patch has no target");
        }
        checkNamedOnce(targets);
        List<String> supersedes = root.strings("supersedes");
        for (String name : supersedes) {
            if (!NAME.matcher(name).matches()) {
                throw new PatchFileProblem("'" + name + "' is not a name for a patch");
            }
        }
        Patch patch = new Patch(
                root.string("name", NAME),
                version(root.string("version")),
                replace(root.string("replace")),
                root.string("replace_set", NAME),
                supersedes,
                states(),
                List.copyOf(targets),
                root.strings("notes"),
                root.string("tool"),
                changes());
        checkAllUsed(patch);
        return patch;
    }

    /**
     * Classes are looked up by name, so one that is of two targets would be patched by chance. An added class
     * is changed as well where an earlier patch has brought it, and it is defined as that had it.
     */
    private static void checkNamedOnce(List<Target> targets) throws PatchFileProblem {
        Set<String> names = new HashSet<>();
        Set<String> classes = new HashSet<>();
        for (Target target : targets) {
            once(names, target.name());
            Map<String, byte[]> changed = new HashMap<>();
            for (ClassPatch type : target.classes()) {
                once(classes, type.name());
                changed.put(type.name(), type.before());
            }
            for (AddedClass type : target.added()) {
                byte[] before = changed.remove(type.name());
                if (before == null || !Arrays.equals(before, type.bytes())) {
                    once(classes, type.name());
                }
            }
        }
    }

    private List<State> states() throws PatchFileProblem {
        List<State> states = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (JsonFields described : root.objects("states")) {
            State state = new State(described.string("id", NAME), described.integer("version"));
            if (state.version() < 0) {
                throw new PatchFileProblem("the state '" + state.id() + "' has a negative version");
            }
            once(ids, state.id());
            states.add(state);
        }
        return List.copyOf(states);
    }

    /** Older artifacts have none. */
    private List<Difference> changes() throws PatchFileProblem {
        List<Difference> changes = new ArrayList<>();
        for (JsonFields described : root.optionalObjects("changes")) {
            Difference change = new Difference(
                    described.string("target", NAME),
                    described.string("class", INTERNAL_NAME),
                    described.string("member"),
                    described.string("kind", KIND),
                    verdict(described.string("verdict")),
                    described.bool("taken"),
                    described.string("reason"));
            if (change.taken() && !change.verdict().canBeTaken()) {
                throw new PatchFileProblem(
                        "the patch's description has a change that is taken and '"
                                + change.verdict().word() + "'");
            }
            changes.add(change);
        }
        return List.copyOf(changes);
    }

    private void checkAllUsed(Patch patch) throws PatchFileProblem {
        Set<String> used = ArtifactEntries.of(patch).keySet();
        for (String name : digests().keySet()) {
            if (!used.contains(name)) {
                throw new PatchFileProblem(
                        "the entry '" + name + "' belongs to no class of the patch");
            }
        }
    }

    private static Target target(int index, JsonFields json, Map<String, byte[]> entries)
            throws PatchFileProblem {
        List<ClassPatch> classes = new ArrayList<>();
        for (JsonFields type : json.objects("classes")) {
            classes.add(classPatch(index, type, entries));
        }
        List<AddedClass> added = new ArrayList<>();
        for (String name : json.strings("added")) {
            added.add(new AddedClass(
                    name, classFile(entries, ArtifactEntries.added(index, name), name)));
        }
        return new Target(
                json.string("name", NAME),
                provenance(json.fields("original")),
                provenance(json.fields("fixed")),
                List.copyOf(classes),
                List.copyOf(added),
                callbacks(index, json, entries));
    }

    private static List<CallbackClass> callbacks(
            int index, JsonFields json, Map<String, byte[]> entries) throws PatchFileProblem {
        List<CallbackClass> callbacks = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonFields type : json.optionalObjects("callbacks")) {
            String name = type.string("name", INTERNAL_NAME);
            String entry = ArtifactEntries.callbacks(index, name);
            CallbackClass read =
                    new CallbackClass(name, classFile(entries, entry, name), type.bool("entry"));
            if (read.entry()) {
                ClassFileShape.checkCallbacks(entry, read);
            }
            once(names, name);
            callbacks.add(read);
        }
        if (!callbacks.isEmpty() && callbacks.stream().noneMatch(CallbackClass::entry)) {
            throw new PatchFileProblem("the patch has classes for callbacks, but no callback");
        }
        return List.copyOf(callbacks);
    }

    private static ClassPatch classPatch(int index, JsonFields json, Map<String, byte[]> entries)
            throws PatchFileProblem {
        String name = json.string("name", INTERNAL_NAME);
        List<MethodPatch> methods = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (JsonFields described : json.objects("methods")) {
            MethodPatch method = method(described);
            methods.add(method);
            once(ids, method.id().toString());
        }
        if (methods.isEmpty()) {
            throw new PatchFileProblem("the class '" + name + "' of the patch has no method");
        }
        return new ClassPatch(
                name,
                classFile(entries, ArtifactEntries.before(index, name), name),
                classFile(entries, ArtifactEntries.after(index, name), name),
                List.copyOf(methods),
                json.optionalString("fixed", FINGERPRINT));
    }

    private static MethodPatch method(JsonFields json) throws PatchFileProblem {
        List<Link> links = new ArrayList<>();
        for (JsonFields link : json.objects("links")) {
            links.add(new Link(
                    linkKind(link.string("kind")),
                    link.string("owner"),
                    link.string("name"),
                    link.string("descriptor")));
        }
        return new MethodPatch(
                new MethodId(
                        json.string("name", METHOD_NAME),
                        json.string("descriptor", METHOD_DESCRIPTOR)),
                json.string("before", FINGERPRINT),
                json.string("after", FINGERPRINT),
                json.bool("quiesce"),
                List.copyOf(links));
    }

    private static byte[] classFile(Map<String, byte[]> entries, String entry, String name)
            throws PatchFileProblem {
        byte[] bytes = entries.get(entry);
        if (bytes == null) {
            throw new PatchFileProblem("the artifact lacks the entry '" + entry + "'");
        }
        ClassFileShape.check(entry, bytes, name);
        return bytes;
    }

    private static Target.Provenance provenance(JsonFields json) throws PatchFileProblem {
        return new Target.Provenance(json.string("artifact"), json.string("sha256", SHA256));
    }

    private static Version version(String text) throws PatchFileProblem {
        try {
            return new Version(text);
        } catch (IllegalArgumentException malformed) {
            throw new PatchFileProblem("the patch's version: " + malformed.getMessage(), malformed);
        }
    }

    private static Replace replace(String word) throws PatchFileProblem {
        return Arrays.stream(Replace.values())
                .filter(rule -> rule.word().equals(word))
                .findAny()
                .orElseThrow(
                        () -> new PatchFileProblem("the replace rule '" + word + "' is not known"));
    }

    private static Difference.Verdict verdict(String word) throws PatchFileProblem {
        return Arrays.stream(Difference.Verdict.values())
                .filter(verdict -> verdict.word().equals(word))
                .findAny()
                .orElseThrow(() -> new PatchFileProblem("the verdict '" + word + "' is not known"));
    }

    private static Link.Kind linkKind(String word) throws PatchFileProblem {
        return Arrays.stream(Link.Kind.values())
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(word))
                .findAny()
                .orElseThrow(
                        () -> new PatchFileProblem("the link kind '" + word + "' is not known"));
    }

    private static void once(Set<String> seen, String name) throws PatchFileProblem {
        if (!seen.add(name)) {
            throw new PatchFileProblem("the patch's description names '" + name + "' twice");
        }
    }
}
