package dev.jlp.weaver;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

import java.util.List;

/**
 * Renames packages as those who shade libraries do: the Maven Shade plugin's rule, and that of its imitators.
 * The first pattern that a name begins with is replaced, in names of classes and in texts, with dots or with
 * slashes.
 */
public final class Relocator extends Remapper {

    private final List<Rule> rules;

    public Relocator(List<Rule> rules) {
        super(Opcodes.ASM9);
        this.rules = rules;
    }

    /**
     * A renamed package.
     *
     * @param from what names begin with, with dots
     * @param to what stands there instead
     */
    public record Rule(String from, String to) {}

    /** The class under its other name. */
    public byte[] relocated(byte[] classFile) throws WeavingProblem {
        ClassFiles.requireReadable(classFile);
        return ClassFiles.sound(() -> {
            ClassWriter writer = new ClassWriter(0);
            new ClassReader(classFile).accept(new ClassRemapper(writer, this), 0);
            return writer.toByteArray();
        });
    }

    @Override
    public String map(String internalName) {
        return replaced(internalName, '/');
    }

    @Override
    public Object mapValue(Object value) {
        return value instanceof String text ? text(text) : super.mapValue(value);
    }

    private String text(String text) {
        boolean descriptor = text.matches("\\[*L[^;]+;.*");
        int begin = descriptor ? text.indexOf('L') + 1 : 0;
        String rest = text.substring(begin);
        return text.substring(0, begin) + replaced(rest, rest.indexOf('/') < 0 ? '.' : '/');
    }

    private String replaced(String name, char separator) {
        for (Rule rule : rules) {
            String from = rule.from().replace('.', separator);
            if (name.startsWith(from)) {
                return rule.to().replace('.', separator) + name.substring(from.length());
            }
        }
        return name;
    }
}
