package dev.jlp.cli;

import dev.jlp.control.ControlProblem;
import dev.jlp.control.ErrorCode;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Runs the demonstration in a JVM of its own. */
@Command(
        name = "demo",
        description =
                "The whole story on this machine: attack, patch, load, attack again, disable.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    private static final String MAIN = "dev.jlp.demo.Demo";

    @Parameters(
            arity = "0..*",
            paramLabel = "OPTION",
            description = "Handed on; '-- --help' lists them.")
    private List<String> options = new ArrayList<>();

    @Override
    public Integer call() throws ControlProblem, IOException, InterruptedException {
        String named = System.getProperty("jlp.demo.jar");
        Path jar = named != null ? Path.of(named) : Attaching.installed("demo/jlp-demo.jar");
        if (!Files.isReadable(jar)) {
            throw new ControlProblem(ErrorCode.EIO, "there is no demonstration at '" + jar + "'");
        }
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String property : List.of("jlp.agent.jar", "jlp.demo.jar", "jlp.command")) {
            String value = System.getProperty(property);
            if (value != null) {
                words.add("-D" + property + "=" + value);
            }
        }
        if (System.getProperty("jlp.command") == null) {
            words.add("-Djlp.cli.jar=" + Attaching.installed("jlp.jar"));
        }
        words.add("-cp");
        words.add(jar.toString());
        words.add(MAIN);
        words.addAll(options);
        return new ProcessBuilder(words).inheritIO().start().waitFor();
    }
}
