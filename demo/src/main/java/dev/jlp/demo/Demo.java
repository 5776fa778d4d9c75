package dev.jlp.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Entry of {@code jlp demo}: tells the story, and ends with 0 only if every claim in it was true. */
public final class Demo {

    private static final String AGENT = "jlp.agent.jar";

    private Demo() {}

    /** See {@link Options#USAGE}. */
    @SuppressWarnings("SystemOut") // a command talks
    public static void main(String[] arguments) {
        if (List.of(arguments).contains("--help")) {
            System.out.println(Options.USAGE);
            return;
        }
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
            Untrue.unless(
                    options.attach() || Files.isReadable(agent()),
                    "There is no agent at '" + agent() + "', which the property '" + AGENT
                            + "' names.");
            Path folder = Files.createTempDirectory("jlp-demo-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> leaveNothing(folder)));
            tell(options, folder);
            return 0;
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

    /** Without an agent to start with, the first command that needs one attaches it. */
    private static List<String> jvmOptions(Options options) {
        return options.attach() ? List.of() : List.of("-javaagent:" + agent().toAbsolutePath());
    }

    private static Path agent() {
        return Path.of(System.getProperty(AGENT, ""));
    }

    /** Whatever ends the demo ends the shop, whose holes are real, and a command that still runs. */
    @SuppressWarnings("SystemOut")
    private static void leaveNothing(Path folder) {
        List<ProcessHandle> children = ProcessHandle.current().descendants().toList();
        children.forEach(ProcessHandle::destroyForcibly);
        children.forEach(child -> child.onExit().join());
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException left) {
            System.err.println("jlp demo: '" + folder + "' could not be removed: " + left);
        }
    }
}
