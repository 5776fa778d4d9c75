package dev.jlp.control;

import com.grack.nanojson.JsonObject;

/**
 * One command for an agent.
 *
 * @param command the verb, as typed: {@code load}, {@code status}, …
 * @param arguments its options, under their long names without dashes
 * @param attachment the artifact of a load, else empty
 */
@SuppressWarnings("ArrayRecordComponent") // an artifact; compared by nobody
public record Request(String command, JsonObject arguments, byte[] attachment) {

    public Request(String command, JsonObject arguments) {
        this(command, arguments, new byte[0]);
    }
}
