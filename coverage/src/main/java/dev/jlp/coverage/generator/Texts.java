package dev.jlp.coverage.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Strings that libraries care about, and those that this library's own code holds. */
final class Texts {

    private static final List<String> COMMON = List.of(
            "",
            " ",
            "a",
            "A",
            "name",
            "key",
            "value",
            "Hello World",
            "äöü €",
            "a b\tc",
            "line\nnext\r\n",
            "0",
            "1",
            "-1",
            "+5",
            "007",
            "3.14",
            "-1e10",
            "1E400",
            "NaN",
            "0x1F",
            "9223372036854775808",
            "1,234.5",
            "true",
            "FALSE",
            "null",
            "yes",
            "2021-12-10",
            "2021-12-10T13:45:00Z",
            "Fri, 10 Dec 2021 13:45:00 GMT",
            "{}",
            "[]",
            "{\"a\":1,\"b\":[true,null,\"x\"]}",
            "[1,2,{\"c\":-3.5e2}]",
            "{\"a\":",
            "{a:b}",
            "[[[[1]]]]",
            "<a/>",
            "<a b=\"c\">t<d/></a>",
            "<a><b></a>",
            "<?xml version=\"1.0\"?><r x='1'>&amp;&lt;<!-- c --></r>",
            "<!DOCTYPE html><html><body><p class=x>Hi <b>there</b><script>1</script></body></html>",
            "<b>x",
            "<a href=\"javascript:alert(1)\" onclick=x>y</a>",
            "p.x > b",
            "div#id, a[href^=http]",
            "&nbsp;&#65;&bad;",
            "a: 1\nb: [x, y]\nc:\n  - d\n",
            "- &x 1\n- *x\n",
            "!!str 5",
            "key=value",
            "a=b&c=d%20e&c=f",
            "%zz",
            "a/b/c.txt",
            "a//b/./c/../d",
            "/x/y;p=1?q=2#f",
            "a\\b",
            "*.txt",
            "/**",
            "/api/**/x",
            "{id}",
            "http://user:pw@example.invalid:8080/p/a?q=1&r=%2F#frag",
            "https://example.invalid",
            "mailto:a@b.invalid",
            "//host/path",
            "example.invalid:80",
            "127.0.0.1",
            "::1",
            "text/html;charset=UTF-8",
            "application/json",
            "text/*;q=0.5, */*;q=0.1",
            "gzip, deflate;q=0.5",
            "name=\"a b\"; path=/; HttpOnly",
            "bytes=0-5,10-",
            "Basic dXNlcjpwdw==",
            "W/\"etag\", \"x\"",
            "max-age=60, no-cache",
            "a,b;c|d",
            "'a' + 'b'",
            "1 + 2 * 3",
            "${a}",
            "${a:-b}",
            "#{1+1}",
            "%d{yyyy} %-5p %c{1} - %m%n",
            "{0} and {1}",
            "%s",
            "a.b.c",
            "a[0].b",
            "foo.bar()",
            "T(java.lang.Math).PI",
            "x == null ? 1 : 2",
            "SELECT 1 FROM t WHERE a = 'b'",
            "(?i)a+b*",
            "[a-z]{2,}",
            "(",
            "java.lang.String",
            "org.example.Some$Inner",
            "UTF-8",
            "en_US",
            "UTC",
            "SGVsbG8=",
            "48656c6c6f",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");

    /** What is in itself more often than a parser may like. */
    private static final List<String> DEEP = List.of(
            "[".repeat(1200),
            "[".repeat(1200) + "]".repeat(1200),
            "{\"a\":".repeat(700) + "1" + "}".repeat(700),
            "<a>".repeat(900),
            "<a>".repeat(900) + "</a>".repeat(900),
            "(".repeat(1200) + "1" + ")".repeat(1200),
            "a".repeat(12_000),
            "a.".repeat(3000),
            "1".repeat(1500),
            "- ".repeat(700) + "x",
            "a: &a [1,2]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\nd: [*c,*c,*c]\n");

    private final List<String> own;

    Texts(List<String> own) {
        this.own = own;
    }

    String any(SplittableRandom random) {
        int kind = random.nextInt(10);
        if (kind < 3 && !own.isEmpty()) {
            return own.get(random.nextInt(own.size()));
        }
        if (kind == 3 && random.nextInt(3) == 0) {
            return DEEP.get(random.nextInt(DEEP.size()));
        }
        String text = COMMON.get(random.nextInt(COMMON.size()));
        return kind == 9 ? mixed(text, random) : text;
    }

    /** Two of them, or one that is not whole. */
    private String mixed(String text, SplittableRandom random) {
        List<String> parts =
                new ArrayList<>(List.of(text, COMMON.get(random.nextInt(COMMON.size()))));
        return switch (random.nextInt(3)) {
            case 0 -> String.join("", parts);
            case 1 -> String.join("/", parts);
            default -> text.substring(0, random.nextInt(text.length() + 1));
        };
    }
}
