package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonArray;

import org.junit.jupiter.api.Test;

/** What was ever loaded is never forgotten. Kernel counterpart: the taint flag. */
@OnEveryJdk
final class TaintTest {

    private final Shop shop;

    TaintTest(Jdk jdk) {
        shop = Shop.on(jdk);
    }

    @Test
    void a_patch_that_came_and_went_twice_is_remembered_once_with_two_loads() {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);
            for (int i = 0; i < 2; i++) {
                control.load(shop.patch());
                control.awaitState(Shop.PATCH, "enabled");
                control.disable(Shop.PATCH);
                control.awaitState(Shop.PATCH, "disabled");
            }

            JsonArray taint = control.status().getArray("taint");

            assertThat(taint).hasSize(1);
            assertThat(taint.getObject(0).getString("patch")).isEqualTo(Shop.PATCH);
            assertThat(taint.getObject(0).getInt("loads")).isEqualTo(2);
        }
    }
}
