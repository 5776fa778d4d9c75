package dev.jlp.cli;

import com.grack.nanojson.JsonObject;

import dev.jlp.builder.BuildProblem;
import dev.jlp.builder.Graft;
import dev.jlp.control.ControlProblem;
import dev.jlp.control.ErrorCode;
import dev.jlp.patch.Patch;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** Writes a library and a patch for it into one jar. */
@Command(
        name = "graft",
        description = {
            "Writes a library and its patch into one jar. In a JVM with the agent it is patched",
            "from its first class on, in any other it is the plain library."
        },
        mixinStandardHelpOptions = true)
final class GraftCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "LIB", description = "The library: a file or G:A:V.")
    private String library = "";

    @Parameters(index = "1", paramLabel = "PATCH", description = "The artifact.")
    private String file = "";

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "OUT",
            description = "The new jar. Never one that exists.")
    private Path output = Path.of("");

    @Option(names = "--json", description = "One JSON document on standard output.")
    private boolean json;

    @Override
    public Integer call() throws ControlProblem {
        checkOutput();
        byte[] artifact = Artifacts.bytes(file);
        Patch patch = Artifacts.parse(file, artifact);
        Graft graft = graft(patch, artifact);
        byte[] jar = graft.jar().orElseThrow(() -> refused(graft));
        Artifacts.write(output, jar);
        report(patch, graft, jar);
        return 0;
    }

    private void checkOutput() throws ControlProblem {
        try {
            Path source = Path.of(library);
            if (Files.exists(source) && Files.exists(output) && Files.isSameFile(source, output)) {
                throw new ParameterException(
                        command().commandLine(),
                        "'" + output + "' is the library itself; name another file");
            }
        } catch (IOException unreadable) {
            throw new ControlProblem(
                    ErrorCode.EIO, "'" + library + "' can't be read: " + unreadable);
        }
        if (Files.exists(output)) {
            throw new ControlProblem(
                    ErrorCode.EEXIST, "'" + output + "' exists; nothing was written");
        }
    }

    private Graft graft(Patch patch, byte[] artifact) throws ControlProblem {
        try {
            return Graft.of(library, patch, artifact);
        } catch (BuildProblem problem) {
            throw new ControlProblem(ErrorCode.EIO, String.valueOf(problem.getMessage()));
        }
    }

    private static ControlProblem refused(Graft graft) {
        ErrorCode code = switch (graft.why()) {
            case MISMATCH -> ErrorCode.ENOENT;
            case GRAFTED -> ErrorCode.EEXIST;
            case CALLBACKS, SIGNED, NOTHING -> ErrorCode.EINVAL;
        };
        return new ControlProblem(code, graft.refusal());
    }

    private void report(Patch patch, Graft graft, byte[] jar) {
        PrintWriter out = command().commandLine().getOut();
        if (json) {
            JsonObject document = Documents.of("patch", patch.name());
            document.put("version", patch.version().text());
            document.put("target", graft.target());
            document.put("file", output.toString());
            document.put("bytes", jar.length);
            Documents.print(document, out);
        } else {
            out.println("'" + patch.name() + "' " + patch.version().text() + " is in '" + output
                    + "', target " + graft.target() + ", " + jar.length + " bytes");
        }
    }

    private CommandSpec command() {
        if (spec == null) {
            throw new IllegalStateException("the command was not made by picocli");
        }
        return spec;
    }
}
