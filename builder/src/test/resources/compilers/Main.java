package p;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Serializable;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What compilers of Java write differently, and what it answers. */
public class Main implements Callable<Object> {

    enum Colour {
        RED,
        GREEN {
            @Override
            String hex() {
                return "0f0";
            }
        },
        BLUE;

        String hex() {
            return "000";
        }
    }

    sealed interface Shape permits Circle, Square {}

    record Circle(double radius) implements Shape {}

    record Square(double side, String... names) implements Shape {
        Square {
            if (side < 0) {
                throw new IllegalArgumentException("side " + side);
            }
        }
    }

    private static final Map<String, Integer> TABLE = new HashMap<>();
    private static final Comparator<String> ORDER =
            Comparator.comparing(String::length).thenComparing(s -> s.toLowerCase());
    private static int made;

    static {
        TABLE.put("one", 1);
        for (int i = 0; i < 3; i++) {
            TABLE.put("n" + i, i);
        }
    }

    private int count;
    private final String name = "main";

    public Main() {
        made = 0;
    }

    @Override
    public Object call() throws Exception {
        List<Object> said = new ArrayList<>();
        said.add(concat("a", 2, null, 'c') + strings("one") + strings("BB") + strings("three") + strings("x"));
        said.add(arrow("b") + arrow("c") + arrow("d") + foreign(Thread.State.NEW) + foreign(Thread.State.BLOCKED));
        for (Colour colour : Colour.values()) {
            said.add(colour.hex() + enums(colour) + enumsArrow(colour) + Colour.valueOf(colour.name()).ordinal());
        }
        said.add(lambdas("q").get() + refs(List.of("bb", " a", "ccc")) + arrays().apply(3).length);
        said.add(inner().get().deep() + serial().compare("a", "b") + read("line") + ends(9) + ends(1));
        said.add(sync(this) + loops(new int[] {1, 2, 3}, List.of(4, 3, 9)) + more(12) + "" + logic(true, false, "abc"));
        said.add(tern(3, null) + gen(new Circle(2)) + gen("") + text() + math(5, 2, 1.5, 2.5f) + multi(2)[1].length);
        said.add(callVar() + nested() + anon(4).call() + peek() + new Sub().self().d() + max("a", "b"));
        said.add(new Act().r() + new Act().l() + new Square(1, "s").names().length + new TreeMap<>(TABLE));
        try {
            said.add(new Square(-1));
        } catch (IllegalArgumentException refused) {
            said.add(refused.getMessage());
        }
        return said.toString();
    }

    String concat(String a, int b, Object c, char d) {
        String s = a + b + ", " + c + d + 1 + "x\1y" + 2.5f;
        s += b;
        return s;
    }

    int strings(String s) {
        switch (s) {
            case "one":
                return 1;
            case "Aa":
            case "BB":
                return 2;
            case "three":
                count++;
            default:
                return count;
        }
    }

    String arrow(String s) {
        return switch (s) {
            case "a", "b" -> "ab";
            case "c" -> {
                String t = s + s;
                yield t;
            }
            default -> "other";
        };
    }

    int enums(Colour c) {
        switch (c) {
            case RED:
                return 1;
            case BLUE:
                return 3;
            default:
                return 0;
        }
    }

    int enumsArrow(Colour c) {
        return switch (c) {
            case RED -> 1;
            case GREEN -> 2;
            case BLUE -> 3;
        };
    }

    int foreign(Thread.State s) {
        return switch (s) {
            case NEW -> 1;
            case RUNNABLE -> 2;
            default -> 9;
        };
    }

    Supplier<String> lambdas(String a) {
        Function<String, String> f = x -> x + a + name;
        Runnable r = () -> {
            Runnable q = () -> count += a.length();
            q.run();
        };
        r.run();
        return () -> f.apply("l");
    }

    List<String> refs(List<String> in) {
        return in.stream()
                .map(String::trim)
                .filter(Objects::nonNull)
                .map(this::own)
                .map(Main::stat)
                .sorted(ORDER)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    IntFunction<int[]> arrays() {
        return int[]::new;
    }

    Supplier<Inner> inner() {
        return Inner::new;
    }

    Comparator<String> serial() {
        return (Comparator<String> & Serializable) (a, b) -> a.compareTo(b);
    }

    private String own(String s) {
        return s + name;
    }

    private static String stat(String s) {
        return s + made;
    }

    String read(String s) throws IOException {
        try (StringReader r = new StringReader(s);
                BufferedReader b = new BufferedReader(r)) {
            return b.readLine();
        } catch (IllegalStateException | NullPointerException e) {
            return e.getMessage();
        } finally {
            count++;
        }
    }

    int ends(int i) {
        try {
            if (i > 3) {
                return i;
            }
            i = 7;
        } finally {
            made--;
        }
        return i + 1;
    }

    synchronized int sync(Object o) {
        synchronized (o) {
            synchronized (this) {
                return count++;
            }
        }
    }

    int loops(int[] xs, List<Integer> ys) {
        int sum = 0;
        for (int x : xs) {
            sum += x;
        }
        for (int y : ys) {
            if (y == 3) {
                continue;
            }
            sum += y;
        }
        for (int i = 0, j = 9; i < j; i++, j--) {
            sum ^= i * j;
        }
        return sum;
    }

    int more(int sum) {
        do {
            sum--;
        } while (sum > 5);
        outer:
        while (true) {
            for (; ; ) {
                if (sum++ > 60) {
                    break outer;
                }
            }
        }
        return sum;
    }

    boolean logic(boolean a, boolean b, Object o) {
        return (a && !b || o instanceof String s && s.length() > 2) ? !a : (a ^ b);
    }

    int tern(int a, Integer b) {
        int c = b == null ? a : b;
        byte d = (byte) c;
        d += 3;
        char e = 'x';
        e++;
        return c + d + e + (a > 3 ? 1 : 2);
    }

    String gen(Object o) {
        if (!(o instanceof Circle c)) {
            return "no";
        }
        return "r" + c.radius();
    }

    String text() {
        return """
                Hello
                  there""" + count;
    }

    long math(long a, int b, double c, float d) {
        a <<= b;
        a += c;
        b >>>= 2;
        return a + (long) (c * d) - ~b;
    }

    int[][] multi(int n) {
        int[][] x = new int[n][3];
        x[0][1]++;
        x[1] = new int[] {1, 2};
        return x;
    }

    <T extends Comparable<T> & Serializable> T max(T a, T b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    static int var(Object... os) {
        return os.length;
    }

    int callVar() {
        return var(1, "2") + var();
    }

    int nested() {
        class Local {
            int v = count;

            int up() {
                return v + made;
            }
        }
        return new Local().up() + new Inner().new Deeper().all();
    }

    Callable<Integer> anon(final int k) {
        return new Callable<>() {
            int z = k;

            @Override
            public Integer call() {
                return z + k + count;
            }
        };
    }

    int peek() {
        return Nested.secret++ + new Nested().one() + new Inner().hidden;
    }

    class Inner {
        private int hidden = 3;

        int deep() {
            return hidden + count + Nested.secret + own("i").length();
        }

        class Deeper {
            int all() {
                return hidden + count;
            }
        }
    }

    static class Nested {
        private static int secret = 5;

        private Nested() {}

        private int one() {
            return 1;
        }
    }

    interface Def {
        default int d() {
            return priv() + 1;
        }

        private int priv() {
            return 2;
        }
    }

    static class Gen<T> {
        Gen<T> self() {
            return this;
        }
    }

    static class Sub extends Gen<String> implements Def {
        @Override
        Sub self() {
            return this;
        }

        @Override
        public int d() {
            return Def.super.d();
        }
    }

    static class Abs {
        protected String act() {
            return "abs";
        }
    }

    static class Act extends Abs {
        String r() {
            Supplier<String> up = super::act;
            return up.get();
        }

        String l() {
            Supplier<String> up = () -> super.act();
            return up.get();
        }
    }
}
