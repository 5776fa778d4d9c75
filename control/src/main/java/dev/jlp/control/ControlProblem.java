package dev.jlp.control;

import com.grack.nanojson.JsonObject;

/** An operation was refused or failed: code, one sentence for people, and details for programs. */
public final class ControlProblem extends Exception {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient JsonObject details;

    public ControlProblem(ErrorCode code, String message) {
        this(code, message, new JsonObject());
    }

    public ControlProblem(ErrorCode code, String message, JsonObject details) {
        super(message);
        this.code = code;
        this.details = details;
    }

    public ErrorCode code() {
        return code;
    }

    /** What a program may want to know beyond the sentence; may be empty. */
    public JsonObject details() {
        return details;
    }
}
