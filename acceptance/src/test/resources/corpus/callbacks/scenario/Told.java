package scenario;

import dev.jlp.acceptance.programs.Gate;
import dev.jlp.acceptance.programs.Locked;
import dev.jlp.api.Callbacks;
import dev.jlp.api.Shadow;
import dev.jlp.api.TargetInstance;

import java.io.OutputStream;
import java.lang.invoke.MethodType;
import java.util.Arrays;

/** Does what the property {@code tell.CALLBACK} says, and puts what came of it into {@code told.CALLBACK}. */
public final class Told implements Callbacks {

    private int calls;

    @Override
    public void prePatch(TargetInstance instance) throws Exception {
        act("pre-patch", instance);
    }

    @Override
    public void postPatch(TargetInstance instance) throws Exception {
        act("post-patch", instance);
    }

    @Override
    public void preUnpatch(TargetInstance instance) throws Exception {
        act("pre-unpatch", instance);
    }

    @Override
    public void postUnpatch(TargetInstance instance) throws Exception {
        act("post-unpatch", instance);
    }

    private void act(String callback, TargetInstance instance) throws Exception {
        calls++;
        String[] words = System.getProperty("tell." + callback, "count").split(" ");
        String told;
        try {
            told = act(words, instance);
        } catch (Throwable thrown) {
            told = thrown.toString();
        }
        System.setProperty("told." + callback, told);
        if (words[0].equals("throw")) {
            throw new IllegalStateException("as told");
        }
    }

    private String act(String[] words, TargetInstance instance) throws Throwable {
        switch (words[0]) {
            case "hang":
                Gate.pass(words[1]);
                return Shadow.id("x").getOrAlloc(this, any -> "in time").toString();
            case "previous":
                return instance.previousState(words[1]).toString();
            case "use":
                return Used.greet();
            case "ask":
                return Class.forName(words[1], true, instance.loader()).getName();
            case "make":
                Class<?> type = Class.forName(words[1], false, instance.loader());
                return instance.lookup(type)
                        .findConstructor(type, MethodType.methodType(void.class))
                        .invokeWithArguments()
                        .toString();
            case "take":
                return Locked.take(words[1]);
            case "run":
                return run(words);
            case "thread":
                Thread thread = new Thread(() -> Gate.pass(words[1]), "started-by-callback");
                thread.setDaemon(true);
                thread.start();
                return thread.getName();
            default:
                return instance.state() + " " + calls;
        }
    }

    /** Another command of the same operator, which this callback waits for. */
    private static String run(String[] words) throws Exception {
        String[] command = Arrays.copyOfRange(words, 1, words.length);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().transferTo(OutputStream.nullOutputStream());
        return "exit " + process.waitFor();
    }

    /** Names a class of the target. */
    private static final class Used {
        static String greet() {
            return scenario.mod.Text.read();
        }
    }
}
