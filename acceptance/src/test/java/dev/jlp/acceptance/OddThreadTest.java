package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads of classes that give wrong answers, or none, when they are asked where they are. */
@OnEveryJdk
final class OddThreadTest {

    private final Shop shop;

    OddThreadTest(Jdk jdk) {
        shop = Shop.on(jdk);
    }

    @ParameterizedTest(name = "a thread that {0}")
    @ValueSource(strings = {"lies", "throws"})
    void a_thread_is_not_asked_what_its_class_may_override(String habit) {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);
            jvm.ask("start-odd odd lib.Greeter holdAgain " + habit);
            jvm.ask("arrived hold-again 1");

            control.load(shop.patch());

            control.await(
                    "the odd thread is the only one that is waited for",
                    now -> now.getObject("transition").getInt("pending") == 1
                            && now.getArray("blockers").size() == 1
                            && "odd"
                                    .equals(now.getArray("blockers")
                                            .getObject(0)
                                            .getString("thread")));
            assertThat(control.call("threads").getArray("threads")).isNotEmpty();
            jvm.ask("open hold-again");
            assertThat(jvm.ask("join odd")).isEqualTo("before then before");
            control.awaitState(Shop.PATCH, "enabled");
        }
    }
}
