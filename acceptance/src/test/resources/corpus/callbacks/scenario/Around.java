package scenario;

import dev.jlp.api.Callbacks;
import dev.jlp.api.TargetInstance;

/** Says no to targets of which the property {@code veto.TARGET} is true. */
public final class Around implements Callbacks {

    @Override
    public void prePatch(TargetInstance instance) throws Exception {
        if (Boolean.getBoolean("veto." + instance.target())) {
            throw new Exception("no such device");
        }
    }
}
