package lib;

import java.io.IOException;
import java.io.StringReader;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** What compilers of different age write differently: switches, strings, lambdas, nests, resources. */
public class Everyday {

    private class Inner {
        private int hidden = secret;

        private int bump(int by) {
            return hidden += by + secret;
        }
    }

    private int secret = 5;

    int switches(String word, Colour colour) {
        switch (word) {
            case "Aa":
            case "BB":
                return colour.rank();
            default:
                break;
        }
        switch (colour) {
            case RED:
                return 1;
            default:
                return new Inner().bump(secret);
        }
    }

    String text(Object what, long number, char letter) {
        return "a " + what + " and " + number + letter + '\u0001' + secret;
    }

    <T extends Comparable<T>> Supplier<Function<T, String>> lambdas(List<T> all, String prefix) {
        Map<String, T> sorted = new TreeMap<>(Comparator.comparing(String::length).reversed());
        all.forEach(each -> sorted.put(prefix + each, each));
        return () -> each -> prefix + sorted.keySet() + each + secret;
    }

    int resources(String text) throws IOException {
        assert text != null : "no text";
        try (StringReader in = new StringReader(text);
                StringReader other = new StringReader(text + secret)) {
            return in.read() + other.read();
        } finally {
            secret++;
        }
    }
}
