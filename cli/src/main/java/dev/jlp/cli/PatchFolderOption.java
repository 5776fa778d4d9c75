package dev.jlp.cli;

import dev.jlp.control.ControlProblem;
import dev.jlp.control.ErrorCode;
import dev.jlp.control.OwnFolder;
import dev.jlp.control.PatchFolder;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.Map;

/** Which folder of installed patches: as agents choose it, from what a command can know of it. */
final class PatchFolderOption {

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description =
                    "The folder that agents read, their key 'patches'. Default: $JLP_PATCHES, or 'patches'"
                            + " in $JLP_STATE, or ~/.local/state/jlp/patches.")
    private @Nullable Path directory;

    PatchFolder folder() throws ControlProblem {
        return folder(System.getenv());
    }

    /** As {@link #folder()}, in an environment. */
    PatchFolder folder(Map<String, String> environment) throws ControlProblem {
        String patches = environment.getOrDefault("JLP_PATCHES", "");
        String state = environment.getOrDefault("JLP_STATE", "");
        Path chosen = directory;
        if (chosen == null && !patches.isBlank()) {
            chosen = Path.of(patches);
        }
        if (chosen == null) {
            chosen = OwnFolder.ofPatches(state.isBlank() ? OwnFolder.ofState() : Path.of(state));
        }
        if (PatchFolder.isNone(chosen)) {
            throw new ControlProblem(
                    ErrorCode.EUSAGE,
                    "'none' as "
                            + (directory == null ? "JLP_PATCHES" : "--directory")
                            + " means that agents load no installed patches; name a folder with --directory,"
                            + " './none' if it is called so");
        }
        return new PatchFolder(chosen.toAbsolutePath().normalize());
    }
}
