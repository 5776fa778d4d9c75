package dev.jlp.weaver;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeAnnotationNode;

import java.util.List;

/** Writes what reflection shows of a method's annotations. */
final class CanonicalAnnotations {

    private final CanonicalSink sink;

    CanonicalAnnotations(CanonicalSink sink) {
        this.sink = sink;
    }

    void write(MethodNode method) {
        writeAll(method.visibleAnnotations);
        writeTypeAnnotations(method.visibleTypeAnnotations);
        List<AnnotationNode>[] parameters = method.visibleParameterAnnotations;
        int count = parameters == null ? 0 : parameters.length;
        sink.number(count);
        for (int i = 0; i < count; i++) {
            writeAll(parameters[i]);
        }
        sink.number(method.annotationDefault == null ? 0 : 1);
        if (method.annotationDefault != null) {
            value(method.annotationDefault);
        }
    }

    private void writeAll(@Nullable List<AnnotationNode> annotations) {
        sink.number(annotations == null ? 0 : annotations.size());
        if (annotations != null) {
            annotations.forEach(this::annotation);
        }
    }

    private void writeTypeAnnotations(@Nullable List<TypeAnnotationNode> annotations) {
        sink.number(annotations == null ? 0 : annotations.size());
        if (annotations == null) {
            return;
        }
        for (TypeAnnotationNode annotation : annotations) {
            sink.number(annotation.typeRef);
            sink.text(annotation.typePath == null ? "" : annotation.typePath.toString());
            annotation(annotation);
        }
    }

    private void annotation(AnnotationNode annotation) {
        sink.text(annotation.desc);
        List<Object> pairs = annotation.values == null ? List.of() : annotation.values;
        sink.number(pairs.size());
        pairs.forEach(this::value);
    }

    private void value(Object value) {
        if (value instanceof AnnotationNode nested) {
            sink.number('@');
            annotation(nested);
        } else if (value instanceof List<?> items) {
            sink.number('[');
            sink.number(items.size());
            items.forEach(item -> value((Object) item));
        } else if (value instanceof String[] constant) {
            sink.number('e');
            sink.text(constant[0]);
            sink.text(constant[1]);
        } else if (value instanceof Double number) {
            sink.number('D');
            sink.number(Double.doubleToRawLongBits(number));
        } else {
            sink.text(value.getClass().getSimpleName());
            sink.text(value.toString());
        }
    }
}
