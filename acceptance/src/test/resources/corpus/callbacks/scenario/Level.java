package scenario;

import dev.jlp.api.Callbacks;
import dev.jlp.api.Shadow;
import dev.jlp.api.TargetInstance;

/** Makes the console loud. The state {@code console} owns what it was before. */
public final class Level implements Callbacks {

    private static final Shadow<String> BEFORE = Shadow.id("console/before");

    @Override
    public void postPatch(TargetInstance instance) {
        if (instance.previousState("console").isEmpty()) {
            BEFORE.alloc(System.class, any -> System.getProperty("console"));
            System.setProperty("console", "loud");
        }
    }

    @Override
    public void preUnpatch(TargetInstance instance) {
        System.setProperty("console", BEFORE.get(System.class));
    }
}
