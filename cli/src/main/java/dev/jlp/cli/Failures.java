package dev.jlp.cli;

import com.grack.nanojson.JsonObject;

import dev.jlp.control.ControlProblem;
import dev.jlp.control.ErrorCode;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** How a command that did not do it says so: one sentence, or one document, and the exit code. */
final class Failures {

    private Failures() {}

    static int report(ControlProblem problem, CommandLine command, boolean json) {
        if (json) {
            Documents.print(document(problem), command.getOut());
        } else {
            command.getErr().println("jlp: " + problem.getMessage());
            JsonObject details = new JsonObject(problem.details());
            details.remove("blockers");
            command.getErr().print(Documents.outline(details, "  "));
            command.getErr()
                    .print(BlockerText.of(
                            Documents.objects(problem.details(), "blockers"), "held by "));
            command.getErr().flush();
        }
        return problem.code().exit();
    }

    /** {@code {"error": …}}, without its schema number. */
    static JsonObject document(ControlProblem problem) {
        JsonObject error = new JsonObject();
        error.put("code", problem.code().name());
        error.put("exit", problem.code().exit());
        error.put("message", problem.getMessage());
        error.put("details", problem.details());
        JsonObject document = new JsonObject();
        document.put("error", error);
        return document;
    }

    /** Any failure as a problem; what was not foreseen is an internal one. */
    static ControlProblem problem(Exception failure) {
        if (failure instanceof ControlProblem problem) {
            return problem;
        }
        if (failure instanceof IOException io) {
            return new ControlProblem(ErrorCode.EIO, sentence(io));
        }
        StackTraceElement[] trace = failure.getStackTrace();
        String where = trace.length == 0 ? "" : " at " + trace[0];
        return new ControlProblem(ErrorCode.EIO, "internal error: " + failure + where);
    }

    /** A whole sentence, with the file; the file system's exceptions have only its path for a message. */
    static String sentence(IOException failure) {
        return failure instanceof FileSystemException named && named.getFile() != null
                ? "'" + named.getFile() + "': " + reason(failure)
                : reason(failure);
    }

    /** The reason alone, for a sentence that names the file already. */
    static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no such file or folder";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileSystemException other && other.getReason() != null) {
            return other.getReason();
        }
        String message = failure.getMessage();
        return message == null ? failure.toString() : message;
    }

    static String firstLine(@Nullable String message) {
        return message == null ? "wrong usage" : message.lines().findFirst().orElse("wrong usage");
    }
}
