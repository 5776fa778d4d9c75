package dev.jlp.coverage.generator;

import dev.jlp.coverage.exercise.Expression.Invocation;
import dev.jlp.coverage.exercise.Plan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Calls of two releases at random.
 *
 * @param plan the calls
 * @param members how many methods and constructors they call
 * @param skipped how many classes, methods and constructors are not called, by the reason
 */
public record Script(Plan plan, int members, Map<String, Integer> skipped) {

    private static final int EACH_MAX = 40;

    /** Where the releases are. */
    public record Jars(List<Path> original, List<Path> fixed, List<Path> needed) {}

    /**
     * Writes calls down.
     *
     * @param changed binary names of the classes that most calls are of
     * @param calls how many, if there are enough methods
     */
    public static Script of(Jars jars, Set<String> changed, int calls, long seed)
            throws IOException {
        try (Release original = new Release(jars.original(), jars.needed());
                Release fixed = new Release(jars.fixed(), jars.needed())) {
            Api api = Api.of(original, fixed);
            Texts texts = new Texts(original.texts(changed));
            return new Writer(api, new Values(api, texts, new SplittableRandom(seed)))
                    .write(changed, calls, seed);
        }
    }

    /** Chooses members and how often each is called. */
    private static final class Writer {

        private final Api api;
        private final Values values;
        private final List<Plan.Call> calls = new ArrayList<>();
        private final SortedMap<String, Integer> skipped;
        private int members;

        Writer(Api api, Values values) {
            this.api = api;
            this.values = values;
            this.skipped = new TreeMap<>(api.skipped());
        }

        Script write(Set<String> changed, int wanted, long seed) {
            List<Member> first = new ArrayList<>();
            List<Member> others = new ArrayList<>();
            for (Member member : api.members()) {
                (isOf(changed, member.owner()) ? first : others).add(member);
            }
            Collections.shuffle(first, new Random(seed));
            Collections.shuffle(others, new Random(seed));
            add(first, wanted * 3 / 4);
            add(others, wanted - calls.size());
            return new Script(new Plan(List.copyOf(calls), api.views()), members, skipped);
        }

        private static boolean isOf(Set<String> changed, Class<?> type) {
            return changed.contains(type.getName());
        }

        private void add(List<Member> from, int wanted) {
            int end = calls.size() + wanted;
            int each = Math.max(1, Math.min(EACH_MAX, wanted / Math.max(1, from.size())));
            for (Member member : from) {
                if (calls.size() >= end) {
                    return;
                }
                add(member, each);
            }
        }

        private void add(Member member, int each) {
            int before = calls.size();
            for (int i = 0; i < each; i++) {
                Invocation call = values.call(member, 0);
                if (call != null) {
                    calls.add(new Plan.Call(calls.size(), call));
                }
            }
            if (calls.size() == before) {
                skipped.merge(
                        "method or constructor for which no value could be made", 1, Integer::sum);
            } else {
                members++;
            }
        }
    }
}
