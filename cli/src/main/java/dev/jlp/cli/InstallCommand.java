package dev.jlp.cli;

import com.grack.nanojson.JsonObject;

import dev.jlp.control.ControlProblem;
import dev.jlp.control.ErrorCode;
import dev.jlp.control.PatchFolder;
import dev.jlp.patch.Patch;
import dev.jlp.patch.PatchFile;
import dev.jlp.patch.PatchFileProblem;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Puts a patch where agents load it from before {@code main}. */
@Command(
        name = "install",
        description =
                "Installs a patch: JVMs of this user that start with the agent load it before main. Installing it"
                        + " again releases it where a crash holds it back.",
        mixinStandardHelpOptions = true)
final class InstallCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "PATCH", description = "The artifact.")
    private String file = "";

    @Mixin
    private final PatchFolderOption option = new PatchFolderOption();

    @Option(names = "--json", description = "One JSON document on standard output.")
    private boolean json;

    @Override
    public Integer call() throws ControlProblem, IOException {
        byte[] artifact = Artifacts.read(file);
        Patch patch = Artifacts.parse(file, artifact);
        PatchFolder folder = option.folder();
        JsonObject done = folder.alone(() -> install(folder, patch, artifact));
        if (spec != null && json) {
            Documents.print(done, spec.commandLine().getOut());
        } else if (spec != null) {
            spec.commandLine().getOut().print(text(done));
        }
        return 0;
    }

    private static JsonObject install(PatchFolder folder, Patch patch, byte[] artifact)
            throws IOException, ControlProblem {
        Optional<Path> there = folder.find(patch.name());
        String what = "installed";
        String before = "";
        if (there.isPresent()) {
            byte[] old = Files.readAllBytes(there.get());
            boolean same = PatchFile.digest(old).equals(PatchFile.digest(artifact));
            before = same ? patch.version().text() : requireNewer(patch, old, folder);
            what = same ? "again" : "replaced";
        } else if (folder.files().size() >= PatchFolder.PATCHES_MAX) {
            throw new ControlProblem(
                    ErrorCode.EIO,
                    "'" + folder.path() + "' has " + PatchFolder.PATCHES_MAX
                            + " patches already; agents read no more");
        }
        Path put = folder.put(patch.name(), artifact, !what.equals("again"));
        JsonObject done = Documents.of("patch", patch.name());
        done.put("version", patch.version().text());
        done.put("digest", PatchFile.digest(artifact));
        done.put("file", put.toString());
        done.put("done", what);
        done.put("before", before);
        return done;
    }

    /** The version that goes, or {@code unreadable}: nobody could load that one. */
    private static String requireNewer(Patch patch, byte[] old, PatchFolder folder)
            throws ControlProblem {
        try {
            Patch installed = PatchFile.read(old);
            if (patch.version().compareTo(installed.version()) <= 0) {
                throw new ControlProblem(
                        ErrorCode.EEXIST,
                        "another patch named '" + patch.name() + "', version "
                                + installed.version().text() + ", is installed in '"
                                + folder.path() + "'; this one, version "
                                + patch.version().text()
                                + ", is not newer: 'jlp uninstall' the other first");
            }
            return installed.version().text();
        } catch (PatchFileProblem bad) {
            return "unreadable";
        }
    }

    private static String text(JsonObject done) {
        String title = StatusText.title(done, "patch");
        String sentence = switch (Documents.string(done, "done")) {
            case "again" ->
                title + " was installed already; what held it back after a crash no longer does";
            case "replaced" ->
                title + " is installed in place of " + Documents.string(done, "before");
            default -> title + " is installed";
        };
        return sentence + ": '" + Documents.string(done, "file") + "'\n"
                + "  JVMs of this user that start with the agent load it before main; those that run are as"
                + " they were\n";
    }
}
