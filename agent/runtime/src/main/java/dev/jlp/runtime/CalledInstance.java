package dev.jlp.runtime;

import dev.jlp.api.Callbacks;
import dev.jlp.api.TargetInstance;
import dev.jlp.patch.CallbackClass;
import dev.jlp.patch.ClassPatch;
import dev.jlp.patch.Target;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The callbacks of one patch at one instance, from before pre-patch until after post-unpatch. What can
 * change, but for the objects, is guarded by the {@link CallbackTable}.
 */
final class CalledInstance {

    /** How far it is. */
    enum Stage {
        /** Pre-patch runs. */
        CALLING,
        /** Pre-patch has returned, and no post-patch since, or pre-unpatch has. */
        PREPARED,
        /** Post-patch has returned. */
        PATCHED,
        /** Pre-patch has said no. */
        VETOED
    }

    private final LoadedPatch patch;
    private final Target target;
    private final Instance where;
    private final String firstClass;
    private final CallbackLoader loader;
    private final List<CallbackClass> entries;
    private final AtomicReferenceArray<@Nullable Object> objects;

    Stage stage = Stage.CALLING;
    String veto = "";

    /** How many of the entries have returned from pre-patch. */
    int prepared;

    /** The thread of the callback that runs now. */
    volatile @Nullable CallbackRun running;

    final CountDownLatch decided = new CountDownLatch(1);

    CalledInstance(LoadedPatch patch, Target target, Instance where, String firstClass) {
        this.patch = patch;
        this.target = target;
        this.where = where;
        this.firstClass = firstClass;
        this.loader = new CallbackLoader(patch.name(), where.loader(), target.callbacks());
        this.entries = target.callbacks().stream().filter(CallbackClass::entry).toList();
        this.objects = new AtomicReferenceArray<>(entries.size());
    }

    LoadedPatch patch() {
        return patch;
    }

    Instance where() {
        return where;
    }

    /** The class with which it arrived; empty if it was there. */
    String firstClass() {
        return firstClass;
    }

    CallbackLoader loader() {
        return loader;
    }

    int entries() {
        return entries.size();
    }

    String entry(int index) {
        return entries.get(index).name().replace('/', '.');
    }

    List<String> classes() {
        return target.classes().stream()
                .map(ClassPatch::name)
                .map(name -> name.replace('/', '.'))
                .toList();
    }

    /** Runs the author's code; on its own thread. */
    @Nullable
    Void call(int index, Callback which, TargetInstance argument) throws Exception {
        Callbacks callbacks = object(index);
        switch (which) {
            case PRE_PATCH -> callbacks.prePatch(argument);
            case POST_PATCH -> callbacks.postPatch(argument);
            case PRE_UNPATCH -> callbacks.preUnpatch(argument);
            case POST_UNPATCH -> callbacks.postUnpatch(argument);
        }
        return null;
    }

    private Callbacks object(int index) throws ReflectiveOperationException {
        Object known = objects.get(index);
        if (known == null) {
            known = loader.loadClass(entry(index)).getConstructor().newInstance();
            objects.set(index, known);
        }
        return (Callbacks) known;
    }
}
