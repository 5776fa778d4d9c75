package dev.jlp.cli;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import dev.jlp.control.ControlProblem;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * A command on one JVM, or on every one that matches. The words after it are {@code PID} (left out
 * with {@code --all}) and the command's own operands.
 */
abstract sealed class JvmCommand implements Callable<Integer>
        permits DoctorCommand,
                WaitingCommand,
                StatusCommand,
                ListCommand,
                ThreadsCommand,
                ReverseCommand,
                ForceCommand,
                UnloadCommand,
                ConfirmCommand,
                EventsCommand {

    @Spec
    protected @Nullable CommandSpec spec;

    @Option(names = "--json", description = "One JSON document on standard output.")
    protected boolean json;

    @Option(
            names = "--all",
            paramLabel = "MATCH",
            description =
                    "In place of PID: every JVM of this user whose main class or jar name contains MATCH.")
    private @Nullable String all;

    @Option(names = "--keep-going", description = "With --all: go on after a JVM that failed.")
    private boolean keepGoing;

    @Parameters(arity = "0..*", hidden = true)
    private List<String> words = new ArrayList<>();

    @Override
    public Integer call() throws ControlProblem, IOException {
        if (keepGoing && all == null) {
            throw wrong("--keep-going needs --all");
        }
        List<String> operands = operands();
        check(operands);
        if (all == null) {
            return show(run(pid(words.get(0)), operands));
        }
        List<JvmProcess> jvms = new JvmChoice(JvmProcess.all()).every(all);
        return json ? documents(jvms, operands) : texts(jvms, operands);
    }

    /** Carries the command out in one JVM. */
    abstract Outcome run(long pid, List<String> operands) throws ControlProblem, IOException;

    /** Names of the words after PID; those in brackets may be left out. */
    List<String> operandNames() {
        return List.of();
    }

    /** Refuses options or operands that don't go together, before any JVM is touched. */
    void check(List<String> operands) throws ControlProblem, IOException {}

    /** Whether every JVM that matches was asked for. */
    final boolean many() {
        return all != null;
    }

    final ParameterException wrong(String sentence) {
        return new ParameterException(command().commandLine(), sentence);
    }

    final CommandSpec command() {
        if (spec == null) {
            throw new IllegalStateException("the command was not made by picocli");
        }
        return spec;
    }

    private List<String> operands() {
        List<String> names = operandNames();
        int first = all == null ? 1 : 0;
        if (words.size() < first) {
            throw wrong("PID is missing");
        }
        List<String> operands = words.subList(first, words.size());
        if (operands.size() < names.size() && !names.get(operands.size()).startsWith("[")) {
            throw wrong(names.get(operands.size()) + " is missing");
        }
        if (operands.size() > names.size()) {
            throw wrong("'" + operands.get(names.size()) + "' is one word too many");
        }
        return operands;
    }

    private static long pid(String word) throws ControlProblem, IOException {
        return JvmChoice.isPid(word)
                ? Long.parseLong(word)
                : new JvmChoice(JvmProcess.all()).one(word).pid();
    }

    private int show(Outcome outcome) {
        if (json && !outcome.document().isEmpty()) {
            Documents.print(outcome.document(), command().commandLine().getOut());
        } else if (!json) {
            command().commandLine().getOut().print(outcome.text());
        }
        return outcome.exit();
    }

    private int texts(List<JvmProcess> jvms, List<String> operands) {
        int exit = 0;
        for (JvmProcess jvm : jvms) {
            command()
                    .commandLine()
                    .getOut()
                    .println(jvm.pid() + " " + jvm.line().main() + ":");
            int one;
            try {
                one = show(run(jvm.pid(), operands));
            } catch (ControlProblem | IOException failure) {
                one = Failures.report(Failures.problem(failure), command().commandLine(), false);
            }
            exit = exit == 0 ? one : exit;
            if (failed(one) && !keepGoing) {
                break;
            }
        }
        return exit;
    }

    private int documents(List<JvmProcess> jvms, List<String> operands) {
        int exit = 0;
        JsonArray results = new JsonArray();
        for (JvmProcess jvm : jvms) {
            JsonObject result = Documents.of("pid", jvm.pid());
            result.put("main", jvm.line().main());
            int one;
            try {
                Outcome outcome = run(jvm.pid(), operands);
                result.put("result", outcome.document());
                one = outcome.exit();
            } catch (ControlProblem | IOException failure) {
                ControlProblem problem = Failures.problem(failure);
                result.putAll(Failures.document(problem));
                one = problem.code().exit();
            }
            results.add(result);
            exit = exit == 0 ? one : exit;
            if (failed(one) && !keepGoing) {
                break;
            }
        }
        Documents.print(
                Documents.of("results", results), command().commandLine().getOut());
        return exit;
    }

    /** By force is done all the same. */
    private static boolean failed(int exit) {
        return exit != 0 && exit != Waiting.EXIT_FORCED;
    }
}
