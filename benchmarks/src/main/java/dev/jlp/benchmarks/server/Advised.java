package dev.jlp.benchmarks.server;

import dev.jlp.benchmarks.program.Plain;

import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.utility.JavaModule;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The same fix by Byte Buddy: advice on loaded classes, by retransformation. */
final class Advised {

    private Advised() {}

    /** What is put in front of each method. */
    static final class InFront {
        private InFront() {}

        @Advice.OnMethodEnter
        static void enter() {
            Fix.ran();
        }
    }

    /** How many classes were changed; what went wrong instead. */
    static String install() {
        Outcome outcome = new Outcome();
        AgentBuilder builder = new AgentBuilder.Default()
                .disableClassFormatChanges()
                .with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
                .with(outcome);
        for (Map.Entry<String, List<String>> type : Fix.methods().entrySet()) {
            String[] names = type.getValue().toArray(String[]::new);
            builder = builder.type(ElementMatchers.named(type.getKey()))
                    .transform((made, described, loader, module, domain) -> made.visit(
                            Advice.to(InFront.class).on(ElementMatchers.namedOneOf(names))));
        }
        builder.installOn(Plain.instrumentation());
        return outcome.errors.isEmpty()
                ? outcome.changed.size() + " classes"
                : String.valueOf(outcome.errors.get(0));
    }

    private static final class Outcome extends AgentBuilder.Listener.Adapter {
        private final List<String> changed = new CopyOnWriteArrayList<>();
        private final List<String> errors = new CopyOnWriteArrayList<>();

        @Override
        public void onTransformation(
                TypeDescription type,
                @Nullable ClassLoader loader,
                @Nullable JavaModule module,
                boolean loaded,
                net.bytebuddy.dynamic.DynamicType made) {
            changed.add(type.getName());
        }

        @Override
        public void onError(
                String name,
                @Nullable ClassLoader loader,
                @Nullable JavaModule module,
                boolean loaded,
                Throwable problem) {
            errors.add(name + ": " + problem);
        }
    }
}
