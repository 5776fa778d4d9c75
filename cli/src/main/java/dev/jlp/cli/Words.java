package dev.jlp.cli;

import java.util.List;

/** Numbers and lists as people say them. */
final class Words {

    private static final int NAMED_MAX = 10;

    private Words() {}

    /** {@code 1 thread}, {@code 2 threads}, {@code 2 classes}, {@code 3 patches}. */
    static String count(int number, String word) {
        boolean hisses = word.endsWith("s") || word.endsWith("ch");
        String plural = hisses ? word + "es" : word + "s";
        return number + " " + (number == 1 ? word : plural);
    }

    /** The first of them, and how many more there are. */
    static String some(List<String> all) {
        return some(all, NAMED_MAX);
    }

    static String some(List<String> all, int namedMax) {
        int more = all.size() - namedMax;
        String named = String.join(", ", all.subList(0, Math.min(all.size(), namedMax)));
        return more > 0 ? named + " and " + more + " more" : named;
    }

    /** Both with the separator between them, or the one that isn't empty. */
    static String joined(String separator, String first, String second) {
        return first.isEmpty() || second.isEmpty() ? first + second : first + separator + second;
    }
}
