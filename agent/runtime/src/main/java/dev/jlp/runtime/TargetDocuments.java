package dev.jlp.runtime;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import dev.jlp.engine.PatchEntry;
import dev.jlp.patch.Target;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A patch's targets in status: each loader that has one, with its verdict. Used by the worker only. */
final class TargetDocuments {

    private final Livepatch livepatch;

    TargetDocuments(Livepatch livepatch) {
        this.livepatch = livepatch;
    }

    JsonArray of(PatchEntry entry) {
        JsonArray targets = new JsonArray();
        LoadedPatch patch = livepatch.patches().get(entry.name());
        if (patch != null) {
            patch.patch().targets().forEach(target -> targets.add(target(entry, patch, target)));
        }
        return targets;
    }

    private JsonObject target(PatchEntry entry, LoadedPatch patch, Target target) {
        JsonArray documents = new JsonArray();
        Map<LoaderRef, List<PatchedClass>> instances = instances(patch, target);
        Set<LoaderRef> refused = livepatch.world().exposures().refused(patch.name(), target.name());
        refused.forEach(loader -> instances.putIfAbsent(loader, List.of()));
        boolean patched = false;
        for (Map.Entry<LoaderRef, List<PatchedClass>> each : instances.entrySet()) {
            Verdict worst = worst(patch, each.getValue());
            String verdict = worst.refuses() ? "exposed" : worst.word();
            boolean out = refused.contains(each.getKey());
            patched |= !out && !worst.refuses();
            documents.add(
                    instance(patch, each.getKey(), out ? "refused" : verdict, each.getValue()));
        }
        JsonObject document = Commands.object("name", target.name());
        document.put("patched", entry.life().isActive() && patched ? 1 : 0);
        document.put("instances", documents);
        return document;
    }

    /** By loader, not by its name: two may have the same. */
    private Map<LoaderRef, List<PatchedClass>> instances(LoadedPatch patch, Target target) {
        Map<LoaderRef, List<PatchedClass>> instances = new LinkedHashMap<>();
        for (PatchedClass type : livepatch.world().classes()) {
            boolean mine =
                    target.classes().stream().anyMatch(change -> change.name().equals(type.name()));
            if (mine && type.verdicts().containsKey(patch.name()) && !type.isGone()) {
                instances
                        .computeIfAbsent(type.where(), any -> new ArrayList<>())
                        .add(type);
            }
        }
        return instances;
    }

    private static Verdict worst(LoadedPatch patch, List<PatchedClass> classes) {
        Verdict worst = Verdict.NATIVE;
        for (PatchedClass type : classes) {
            Verdict.OfClass verdict = type.verdicts().get(patch.name());
            if (verdict == null || !type.takes(patch.name())) {
                return Verdict.MISMATCH;
            }
            worst = verdict.verdict() == Verdict.PATCHABLE ? Verdict.PATCHABLE : worst;
        }
        return worst;
    }

    private static JsonObject instance(
            LoadedPatch patch, LoaderRef loader, String verdict, List<PatchedClass> classes) {
        JsonArray documents = new JsonArray();
        for (PatchedClass type : classes) {
            Verdict.OfClass found = type.verdicts().get(patch.name());
            if (found != null) {
                documents.add(Documents.classDocument(type, found));
            }
        }
        JsonObject instance = Commands.object("loader", loader.name());
        instance.put("verdict", verdict);
        instance.put("classes", documents);
        return instance;
    }
}
