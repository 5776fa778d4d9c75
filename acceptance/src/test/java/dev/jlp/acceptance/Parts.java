package dev.jlp.acceptance;

import java.nio.file.Path;
import java.util.List;

/**
 * A patch whose new body hands on an object of another class than the old one: to know whether it links,
 * the agent asks the loader for {@code part.Special}.
 *
 * @param loaderPath what a loader of the unfixed program reads
 */
record Parts(Path patch, String loaderPath) {

    private static final Sources PARTS = Sources.of(
                    "part/Base.java", "package part; public class Base {}")
            .and("part/Special.java", "package part; public class Special extends Base {}");

    private static final Sources USER = Sources.of("user/User.java", """
            package user;

            public final class User {
                public static String name() {
                    return accept(new part.Base());
                }

                private static String accept(part.Base any) {
                    return "VERSION";
                }
            }
            """);

    static Parts on(Jdk jdk) {
        Path folder = Workplace.fresh();
        Path parts = PARTS.compile(jdk, folder.resolve("parts.jar"), List.of(), List.of());
        Sources fixed = USER.replace("new part.Base()", "new part.Special()");
        Change change = new Change(
                USER.compile(jdk, folder.resolve("1/user.jar"), List.of(parts), List.of()),
                fixed.compile(jdk, folder.resolve("2/user.jar"), List.of(parts), List.of()));
        return new Parts(
                change.patch("user-fix", "--classpath", parts.toString()),
                change.before() + " " + parts);
    }
}
