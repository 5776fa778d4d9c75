package dev.jlp.cli;

import com.grack.nanojson.JsonObject;

import dev.jlp.control.ControlProblem;
import dev.jlp.control.ErrorCode;
import dev.jlp.control.PatchFolder;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.util.concurrent.Callable;

/** Takes a patch out of the folder of installed ones. */
@Command(
        name = "uninstall",
        description = "Uninstalls a patch: JVMs that start from now on do not load it.",
        mixinStandardHelpOptions = true)
final class UninstallCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "The patch's name.")
    private String name = "";

    @Mixin
    private final PatchFolderOption option = new PatchFolderOption();

    @Option(names = "--json", description = "One JSON document on standard output.")
    private boolean json;

    @Override
    public Integer call() throws ControlProblem, IOException {
        PatchFolder folder = option.folder();
        String file = folder.alone(() -> remove(folder));
        JsonObject done = Documents.of("patch", name);
        done.put("file", file);
        if (spec != null && json) {
            Documents.print(done, spec.commandLine().getOut());
        } else if (spec != null) {
            spec.commandLine()
                    .getOut()
                    .println("'" + name + "' is uninstalled: '" + file
                            + "' is gone; JVMs that have it loaded keep it");
        }
        return 0;
    }

    private String remove(PatchFolder folder) throws IOException, ControlProblem {
        String file = folder.find(name)
                .orElseThrow(() -> new ControlProblem(
                        ErrorCode.EINVAL,
                        "no patch named '" + name + "' is installed in '" + folder.path() + "'"))
                .toString();
        folder.remove(name);
        return file;
    }
}
