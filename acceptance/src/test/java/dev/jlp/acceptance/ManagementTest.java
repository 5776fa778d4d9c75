package dev.jlp.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import javax.management.ObjectName;

/** What the kernel shows in sysfs, as a program reads it through JMX. */
@OnEveryJdk
final class ManagementTest {

    private static final String PATCH_BEAN = "jlp:type=Patch,name=shop-fix";
    private static final String TARGET_BEAN = "jlp:type=Target,patch=shop-fix,name=shop";

    private final Shop shop;

    ManagementTest(Jdk jdk) {
        shop = Shop.on(jdk);
    }

    @Test
    void attributes_with_the_kernel_s_names_follow_a_patch_from_load_to_unload() {
        try (TargetJvm jvm = shop.start()) {
            ControlClient control = new ControlClient(jvm);
            jvm.enter("sleeper", "lib.Greeter", "hold", "hold");
            control.load(shop.patch());
            await(jvm, PATCH_BEAN, "enabled=1", "transition=1");

            jvm.ask("open hold");
            await(
                    jvm,
                    PATCH_BEAN,
                    "enabled=1",
                    "transition=0",
                    "force=0",
                    "replace=set",
                    "replace_set=shop",
                    "stack_order=1");
            await(jvm, TARGET_BEAN, "patched=1");

            control.disable(Shop.PATCH);
            await(jvm, PATCH_BEAN, "enabled=0", "transition=0", "stack_order=0");
            await(jvm, TARGET_BEAN, "patched=0");

            control.unload(Shop.PATCH);
            patience().until(() -> jvm.ask("beans jlp:*").equals("jlp:type=Agent"));
        }
    }

    @Test
    void a_target_is_patched_once_it_arrives() {
        try (TargetJvm jvm = shop.startCold()) {
            new ControlClient(jvm).load(shop.patch());
            await(jvm, TARGET_BEAN, "patched=0");

            jvm.ask("call lib.Greeter greet");

            await(jvm, TARGET_BEAN, "patched=1");
        }
    }

    @Test
    void the_order_in_the_stack_moves_up_when_one_goes() {
        Change second =
                Change.ofVersions(shop.jdk(), "second", Sources.of("second/Text.java", """
                package second;

                public final class Text {
                    public static String read() {
                        return "VERSION";
                    }
                }
                """));
        try (TargetJvm jvm = shop.startable().with(second.before()).agent().run()) {
            ControlClient control = new ControlClient(jvm);
            control.load(shop.patch());
            control.load(second.patch("second-fix"));
            await(jvm, "jlp:type=Patch,name=second-fix", "stack_order=2");

            control.disable(Shop.PATCH);

            await(jvm, "jlp:type=Patch,name=second-fix", "stack_order=1");
        }
    }

    @Test
    void nothing_can_be_changed() {
        try (TargetJvm jvm = shop.start()) {
            new ControlClient(jvm).load(shop.patch());
            await(jvm, PATCH_BEAN, "enabled=1", "transition=0");

            assertThat(jvm.fails("set-bean " + PATCH_BEAN + " enabled"))
                    .contains("AttributeNotFoundException", "can only be read");
            assertThat(jvm.ask("bean " + PATCH_BEAN)).doesNotContain("*").contains("enabled=1");
        }
    }

    @Test
    void names_that_jmx_would_misread_are_quoted() {
        Path odd = shop.change().patch("fix:1+2@x", "--replace-set", "group:artifact");
        try (TargetJvm jvm = shop.start()) {
            new ControlClient(jvm).load(odd);

            String patch = ObjectName.quote("fix:1+2@x");
            await(jvm, "jlp:type=Patch,name=" + patch, "enabled=1", "replace_set=group:artifact");
            await(jvm, "jlp:type=Target,patch=" + patch + ",name=shop", "patched=1");
        }
    }

    /** Beans come a moment after what they show. */
    private static void await(TargetJvm jvm, String bean, String... attributes) {
        patience()
                .untilAsserted(() -> assertThat(List.of(jvm.ask("bean " + bean).split(";", -1)))
                        .contains(attributes));
    }

    private static ConditionFactory patience() {
        return Awaitility.await().atMost(Duration.ofMinutes(1));
    }
}
