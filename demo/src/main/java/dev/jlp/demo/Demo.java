package dev.jlp.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Entry of {@code jlp demo}: tells the story, and ends with 0 only if every claim in it was true. */
public final class Demo {

    private Demo() {}

    /** See {@link Options#USAGE}. */
    @SuppressWarnings("SystemOut") // a command talks
    public static void main(String[] arguments) {
        Options options;
        try {
            options = Options.of(arguments);
        } catch (IllegalArgumentException wrong) {
            System.err.println(
                    "jlp demo: " + wrong.getMessage() + System.lineSeparator() + Options.USAGE);
            System.exit(2);
            return;
        }
        System.exit(run(options));
    }

    @SuppressWarnings("SystemOut")
    private static int run(Options options) {
        try {
            Path folder = Files.createTempDirectory("jlp-demo-");
            try {
                tell(options, folder);
                return 0;
            } finally {
                delete(folder);
            }
        } catch (Untrue claim) {
            System.out.println();
            System.out.println("NOT TRUE: " + claim.getMessage());
        } catch (IOException failed) {
            System.err.println("jlp demo: " + failed.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            System.err.println("jlp demo: interrupted");
        }
        return 1;
    }

    @SuppressWarnings("SystemOut")
    private static void tell(Options options, Path folder)
            throws IOException, InterruptedException {
        Jlp jlp = Jlp.found(folder);
        Page page = new Page(System.out, Page.onTerminal());
        String classPath = System.getProperty("java.class.path");
        try (Shop shop = Shop.start(options.java(), classPath, jvmOptions(options), folder)) {
            new Story(options, shop, jlp, page, folder).tell();
        }
    }

    private static List<String> jvmOptions(Options options) throws IOException {
        List<String> jvmOptions = new ArrayList<>();
        if (options.attach()) {
            return jvmOptions;
        }
        String agent = System.getProperty("jlp.agent.jar", "");
        if (agent.isEmpty()) {
            throw new IOException(
                    "the property 'jlp.agent.jar' does not say where the agent is (or use --attach)");
        }
        jvmOptions.add("-javaagent:" + Path.of(agent).toAbsolutePath());
        return jvmOptions;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
