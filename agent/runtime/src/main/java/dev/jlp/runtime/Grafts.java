package dev.jlp.runtime;

import dev.jlp.control.ControlProblem;
import dev.jlp.control.ErrorCode;
import dev.jlp.engine.LoadOptions;
import dev.jlp.engine.PatchEntry;
import dev.jlp.patch.PatchFile;
import dev.jlp.patch.PatchFileProblem;

import org.jspecify.annotations.Nullable;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Patches that lie in the jars of libraries, found when the first class of such a jar is defined. That
 * class has its new bodies before the patch is loaded: the thread that defines it waits for nobody.
 *
 * <p>Reading the jar runs no code of the application, and waits for no lock of ours.
 */
final class Grafts {

    static final String FOLDER = "META-INF/jlp/graft/";
    private static final int SEEN_MAX = 50_000;
    private static final long BYTES_MAX = 64L << 20;

    private final EventLog events;
    private final Executor later;
    private final PatchApi api;

    /** Files that need not be opened again, by path. */
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    /** Grafts that are not loaded yet, or whose load is under way, by the patch's name. */
    private final Map<String, Graft> coming = new ConcurrentHashMap<>();

    /** Set before the first patch can come. */
    private volatile @Nullable Livepatch livepatch;

    private volatile boolean early;

    Grafts(EventLog events, Executor later, PatchApi api) {
        this.events = events;
        this.later = later;
        this.api = api;
    }

    /**
     * A patch in a jar.
     *
     * @param patch as it will be loaded
     * @param artifact the same
     * @param jars where it was found
     * @param loading set by the worker: from then on compositions have it
     */
    @SuppressWarnings("ArrayRecordComponent") // an artifact; compared by nobody
    private record Graft(LoadedPatch patch, byte[] artifact, Set<String> jars, boolean loading) {

        Graft started() {
            return new Graft(patch, artifact, jars, true);
        }
    }

    /**
     * From now on patches that are found can be loaded.
     *
     * @param attached classes of a jar may be there already: then its patch is loaded like any other
     */
    void start(Livepatch owner, boolean attached) {
        livepatch = owner;
        early = !attached;
        lookAtOurselves();
    }

    /** Where nothing hangs on it, so that what a look needs is there. */
    private void lookAtOurselves() {
        String own =
                Grafts.class.getProtectionDomain().getCodeSource().getLocation().getPath();
        int jar = own.indexOf("!/");
        if (own.startsWith("file:") && jar > 0) {
            look(own.substring("file:".length(), jar), Composition.EMPTY);
        }
    }

    /** Opens the jar that a class comes from, if it is the first. */
    void look(@Nullable ProtectionDomain domain, Composition now) {
        String path = path(domain);
        if (!path.isEmpty() && !seen.contains(path)) {
            look(path, now);
        }
    }

    private void look(String path, Composition now) {
        try {
            read(path, now);
        } catch (IOException | PatchFileProblem | RuntimeException | LinkageError unreadable) {
            Contained.report("the patch in '" + path + "' is not loaded", unreadable);
            refuse("", "", "'" + path + "': " + unreadable.getMessage());
        }
        if (seen.size() > SEEN_MAX) {
            seen.clear();
        }
        seen.add(path); // last: a second thread at its first class must not pass by before that
    }

    /** Of a local file; empty for anything else. No method here can be overridden. */
    private static String path(@Nullable ProtectionDomain domain) {
        CodeSource source = domain == null ? null : domain.getCodeSource();
        URL location = source == null ? null : source.getLocation();
        return location != null && "file".equals(location.getProtocol()) ? location.getPath() : "";
    }

    private void read(String path, Composition now) throws IOException, PatchFileProblem {
        File file = file(path);
        if (!file.isFile()) {
            return;
        }
        try (ZipFile jar = new ZipFile(file)) {
            if (jar.getEntry(FOLDER) == null) {
                return;
            }
            Enumeration<? extends ZipEntry> entries = jar.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                if (entry.getName().startsWith(FOLDER) && entry.getName().endsWith(".jlp")) {
                    found(path, read(jar, entry), now);
                }
            }
        }
    }

    private static File file(String path) throws IOException {
        try {
            return new File(new URL("file", "", path).toURI());
        } catch (URISyntaxException | IllegalArgumentException odd) {
            return new File(path);
        }
    }

    private static byte[] read(ZipFile jar, ZipEntry entry) throws IOException {
        if (entry.getSize() > BYTES_MAX) {
            throw new IOException("'" + entry.getName() + "' is larger than a patch may be");
        }
        return jar.getInputStream(entry).readAllBytes();
    }

    private void found(String path, byte[] artifact, Composition now) throws PatchFileProblem {
        LoadedPatch patch = LoadedPatch.of(
                PatchFile.read(artifact),
                PatchFile.digest(artifact),
                Instant.now(),
                System.getProperty("user.name", ""));
        LoadedPatch there = now.patches().get(patch.name());
        Graft other = coming.get(patch.name());
        there = there == null && other != null ? other.patch() : there;
        if (there != null && !there.digest().equals(patch.digest())) {
            refuse(
                    patch.name(),
                    patch.version(),
                    "'" + path + "': another patch of that name is there");
        } else if (!now.patches()
                .containsKey(patch.name())) { // else loaded, or disabled by somebody
            api.defineFor(patch.patch()); // the first class links to it before the worker's turn
            Graft graft = new Graft(patch, artifact, ConcurrentHashMap.newKeySet(), false);
            coming.computeIfAbsent(patch.name(), any -> graft).jars().add(path);
            later.execute(this::load);
        }
    }

    private void refuse(String patch, String version, String why) {
        events.log("refused", patch, version, "detail", why);
    }

    /** To be asked for before the composition is read: whatever has left here is in that. */
    List<LoadedPatch> coming() {
        List<LoadedPatch> patches = new ArrayList<>();
        if (!coming.isEmpty()) {
            for (Graft graft : coming.values()) {
                if (isEarly(graft)) {
                    patches.add(graft.patch());
                }
            }
        }
        return patches;
    }

    /** Callbacks have their say before the first class, and this thread waits for nobody. */
    private boolean isEarly(Graft graft) {
        return early && !CallbackTable.has(graft.patch());
    }

    /** What is in force for a class that is being defined: patches that are not loaded yet, too. */
    static Composition over(Composition now, List<LoadedPatch> coming) {
        List<PatchEntry> more = new ArrayList<>();
        Map<String, LoadedPatch> patches = new HashMap<>(now.patches());
        for (LoadedPatch patch : coming) {
            boolean isNew = patches.putIfAbsent(patch.name(), patch) == null;
            if (isNew && isAlone(patch, now)) {
                more.add(PatchEntry.loading(patch.patch(), patch.digest()));
            }
        }
        return more.isEmpty() ? now : now.with(more, patches);
    }

    private static boolean isAlone(LoadedPatch patch, Composition now) {
        for (String name : patch.classes().keySet()) {
            if (now.concerns(name)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a class comes from a jar that has the patch, and has had it from the beginning. */
    boolean isFrom(LoadedPatch patch, @Nullable ProtectionDomain domain) {
        Graft graft = coming.get(patch.name());
        return graft != null
                && isEarly(graft)
                && graft.patch().digest().equals(patch.digest())
                && graft.jars().contains(path(domain));
    }

    /** Loads what was found, and ends what is loaded. To be called by the worker, again and again. */
    void load() {
        Livepatch owner = livepatch;
        if (owner == null || coming.isEmpty()) {
            return;
        }
        owner.world().adoptArrived();
        for (Graft graft : coming.values()) {
            if (!graft.loading()) {
                load(owner, graft);
            }
        }
        for (Graft graft : coming.values()) {
            if (graft.loading()) {
                owner.world().classes().forEach(type -> announce(graft.patch(), type));
                endIfLoaded(owner, graft);
            }
        }
    }

    private void load(Livepatch owner, Graft graft) {
        LoadedPatch patch = graft.patch();
        if (owner.list().find(patch.name()).isPresent()) {
            coming.remove(patch.name());
            return;
        }
        coming.put(patch.name(), graft.started());
        try {
            owner.load(graft.artifact(), request(owner, graft));
        } catch (ControlProblem refused) {
            if (refused.code() == ErrorCode.EBUSY) {
                coming.put(patch.name(), graft);
            } else {
                // Its event is in the log; the next sweep takes the bodies away again.
                coming.remove(patch.name());
            }
        }
    }

    /** Other loaders may have other releases: that is no reason to leave this one unpatched. */
    private static LoadRequest request(Livepatch owner, Graft graft) {
        return new LoadRequest(
                false,
                true,
                false,
                new LoadOptions(false, false, owner.policy().conflicts()),
                graft.patch().user(),
                "grafted into '" + String.join("', '", graft.jars()) + "'");
    }

    /** A class is on the worker's list; its patch may be loaded meanwhile. */
    void arrived(PatchedClass type, Composition over) {
        for (String name : type.grafted().keySet()) {
            LoadedPatch patch = over.patches().get(name);
            if (patch != null && !coming.containsKey(name)) {
                announce(patch, type);
                type.grafted().remove(name);
            }
        }
    }

    /** Said after the load, as for any other arrival, by whoever comes first. */
    private void announce(LoadedPatch patch, PatchedClass type) {
        if (type.grafted().replace(patch.name(), false, true)) {
            log(patch, type);
        }
    }

    private void log(LoadedPatch patch, PatchedClass type) {
        events.log(
                "applying",
                patch.name(),
                patch.version(),
                "target",
                patch.targetOf(type.name()),
                "loader",
                type.loaderName(),
                "detail",
                type.name().replace('/', '.'));
    }

    /** In this order: a class that was still told that it is coming is on the worker's list by then. */
    private void endIfLoaded(Livepatch owner, Graft graft) {
        if (owner.running() != null) {
            return;
        }
        coming.remove(graft.patch().name());
        owner.world().adoptArrived();
        for (PatchedClass type : owner.world().classes()) {
            announce(graft.patch(), type);
            type.grafted().remove(graft.patch().name());
        }
    }
}
