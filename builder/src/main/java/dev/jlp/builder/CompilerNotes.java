package dev.jlp.builder;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Annotations in which a compiler notes the declarations of a class for compilers, debuggers and its own reflection.
 * They differ with nearly every release, and no code of the class does anything else because of it.
 */
final class CompilerNotes {

    private static final Set<String> NOTES = Set.of(
            "Lkotlin/Metadata;",
            "Lkotlin/coroutines/jvm/internal/DebugMetadata;",
            "Lkotlin/jvm/internal/SourceDebugExtension;",
            "Lscala/reflect/ScalaLongSignature;",
            "Lscala/reflect/ScalaSignature;");

    private CompilerNotes() {}

    /** The annotations of a class or member that say something else. */
    static List<AnnotationNode> without(@Nullable List<AnnotationNode> annotations) {
        List<AnnotationNode> others = new ArrayList<>();
        if (annotations != null) {
            annotations.stream()
                    .filter(annotation -> !NOTES.contains(annotation.desc))
                    .forEach(others::add);
        }
        return others;
    }

    /** Whether the classes differ in what their compiler notes. */
    static boolean differ(ClassNode before, ClassNode after) {
        return !ShapeDiff.texts(notes(before)).equals(ShapeDiff.texts(notes(after)));
    }

    private static List<AnnotationNode> notes(ClassNode type) {
        List<AnnotationNode> notes = new ArrayList<>();
        if (type.visibleAnnotations != null) {
            notes.addAll(type.visibleAnnotations);
            notes.removeAll(without(type.visibleAnnotations));
        }
        return notes;
    }

    /** What people should know if this many classes of a target differ so; a sentence or none. */
    static List<String> note(String target, int classes) {
        return classes == 0
                ? List.of()
                : List.of(
                        "what the compiler notes of the source (such as 'kotlin.Metadata') differs in "
                                + classes + (classes == 1 ? " class" : " classes") + " of '"
                                + target
                                + "'; it stays as it was, so reflection that reads it (kotlin-reflect) sees"
                                + " the original's declarations");
    }
}
