package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonObject;

import org.junit.jupiter.api.Test;

/**
 * A native-to-Java call finds its method first and makes the frame later. While it initialises the
 * method's class in between, no frame shows that the thread has an old body in hand.
 */
@OnEveryJdk
final class NativeCallTest {

    private final Shop shop;

    NativeCallTest(Jdk jdk) {
        shop = Shop.on(jdk);
    }

    @Test
    void a_thread_with_a_method_in_hand_holds_the_patch_back_while_it_waits() {
        try (TargetJvm jvm = start()) {
            ControlClient control = new ControlClient(jvm);
            jvm.enter("caller", "lib.Initialising", "value", "initialiser");

            control.load(shop.patch());
            control.await("the caller blocks", now -> blocks(now, "may have a method in hand"));
            jvm.ask("open initialiser");

            assertThat(jvm.ask("join caller")).isEqualTo("before");
            control.awaitState(Shop.PATCH, "enabled");
        }
    }

    @Test
    void a_thread_with_a_method_in_hand_does_not_settle_by_itself_either() {
        try (TargetJvm jvm = start()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("call lib.Greeter greet");
            jvm.enter("caller", "lib.Born", "both", "birth");

            control.load(shop.patch());
            control.await("the caller blocks", now -> blocks(now, "may have a method in hand"));
            jvm.ask("open birth");

            assertThat(jvm.ask("join caller")).isEqualTo("before before");
            control.awaitState(Shop.PATCH, "enabled");
        }
    }

    /** Reflection goes through its native accessor, on 17 at first, on 25 if it is told to. */
    private TargetJvm start() {
        return shop.startable()
                .agent()
                .option("-Djdk.reflect.useNativeAccessorOnly=true")
                .run();
    }

    private static boolean blocks(JsonObject status, String why) {
        return status.getArray("blockers").stream()
                .map(JsonObject.class::cast)
                .anyMatch(blocker -> blocker.getString("thread").equals("caller")
                        && blocker.getString("why").contains(why));
    }
}
