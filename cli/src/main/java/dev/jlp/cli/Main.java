package dev.jlp.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jlp.control.ControlProblem;
import dev.jlp.control.ErrorCode;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.PrintWriter;
import java.util.Arrays;

/** Entry of the command {@code jlp}. */
@Command(
        name = "jlp",
        description = "Live patches running JVMs.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Release.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            BuildCommand.class,
            InspectCommand.class,
            GraftCommand.class,
            PlanCommand.class,
            PsCommand.class,
            DoctorCommand.class,
            LoadCommand.class,
            StatusCommand.class,
            ListCommand.class,
            ThreadsCommand.class,
            DisableCommand.class,
            ReverseCommand.class,
            ForceCommand.class,
            UnloadCommand.class,
            ConfirmCommand.class,
            InstallCommand.class,
            UninstallCommand.class,
            EventsCommand.class
        })
public final class Main {

    /** Runs one command and ends this JVM with its exit code. */
    public static void main(String[] arguments) {
        int exit = run(
                new PrintWriter(System.out, true, UTF_8),
                new PrintWriter(System.err, true, UTF_8),
                arguments);
        System.exit(exit);
    }

    /** Runs one command; the exit code. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        boolean json = Arrays.asList(arguments).contains("--json");
        CommandLine line = new CommandLine(new Main());
        line.setOut(out);
        line.setErr(err);
        line.addSubcommand(
                new CommandLine(new DemoCommand()).setUnmatchedOptionsArePositionalParams(true));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.setParameterExceptionHandler((wrong, args) -> usage(wrong, json));
        line.setExecutionExceptionHandler(
                (failure, command, result) -> failed(failure, command, json));
        int exit = line.execute(arguments);
        out.flush();
        err.flush();
        return exit;
    }

    private static int usage(ParameterException wrong, boolean json) {
        CommandLine command = wrong.getCommandLine();
        String help = command.getCommandSpec().qualifiedName() + " --help";
        boolean noCommand =
                wrong instanceof UnmatchedArgumentException && command.getParent() == null;
        String sentence = (noCommand
                        ? "there is no such command or option"
                        : Failures.firstLine(wrong.getMessage()))
                + "; see '" + help + "'";
        return Failures.report(new ControlProblem(ErrorCode.EUSAGE, sentence), command, json);
    }

    private static int failed(Exception failure, CommandLine command, boolean json) {
        return Failures.report(Failures.problem(failure), command, json);
    }

    /** What {@code --version} prints. */
    static final class Release implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"jlp " + (version == null ? "(not packaged)" : version)};
        }
    }
}
