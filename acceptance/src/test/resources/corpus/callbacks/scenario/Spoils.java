package scenario;

import dev.jlp.api.Callbacks;
import dev.jlp.api.TargetInstance;

/** What comes last before a class is armed: has the test agent spoil the one that the property names, once. */
public final class Spoils implements Callbacks {

    @Override
    public void prePatch(TargetInstance instance) {
        spoil();
    }

    @Override
    public void preUnpatch(TargetInstance instance) {
        spoil();
    }

    private static void spoil() {
        String name = System.clearProperty("spoil");
        if (name != null) {
            System.setProperty("spoil." + name, "1");
        }
    }
}
