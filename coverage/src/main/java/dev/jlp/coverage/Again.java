package dev.jlp.coverage;

import com.grack.nanojson.JsonObject;

/**
 * The same build once more in the same JVM.
 *
 * @param megabytes of the jars with the hole
 * @param seconds that it took, warm
 * @param same whether it gave the same bytes
 */
record Again(double megabytes, double seconds, boolean same) {

    JsonObject json() {
        JsonObject document = new JsonObject();
        document.put("megabytes", Math.round(megabytes * 100) / 100.0);
        document.put("seconds", Math.round(seconds * 1000) / 1000.0);
        document.put("same", same);
        return document;
    }

    static Again of(JsonObject document) {
        return new Again(
                document.getDouble("megabytes", 0),
                document.getDouble("seconds", 0),
                document.getBoolean("same", false));
    }
}
