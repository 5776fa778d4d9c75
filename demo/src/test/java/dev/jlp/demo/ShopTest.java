package dev.jlp.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

class ShopTest {

    private static final Path JAVA = Path.of(System.getProperty("java.home"));
    private static final String RELEASED = System.getProperty("java.class.path");
    private static final String FIXED = String.join(
            File.pathSeparator,
            "target/fixed/commons-text-1.10.0.jar",
            "target/fixed/log4j-core-2.17.1.jar",
            "target/fixed/log4j-api-2.17.1.jar",
            "target/fixed/h2-2.0.206.jar",
            RELEASED);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void an_attack_works_on_the_release_with_the_hole(Attack attack) throws IOException {
        try (Shop shop = Shop.start(JAVA, RELEASED, List.of(), folder)) {
            assertThat(attack.works(shop)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_attack_fails_on_the_release_without_the_hole(Attack attack) throws IOException {
        try (Shop shop = Shop.start(JAVA, FIXED, List.of(), folder)) {
            assertThat(attack.works(shop)).isFalse();
        }
    }

    @Test
    void an_order_is_in_the_log() throws IOException {
        try (Shop shop = Shop.start(JAVA, RELEASED, List.of(), folder)) {
            assertThat(shop.logs("a new phone")).isTrue();
            assertThat(shop.complaints()).isEmpty();
        }
    }

    @Test
    void a_reload_of_the_logging_loses_no_request() throws IOException, InterruptedException {
        try (Shop shop = Shop.start(JAVA, RELEASED, List.of(), folder);
                Customers customers =
                        new Customers(shop.port(), Options.CONNECTIONS_MIN, "reload")) {
            customers.await(500);
            shop.reloadLogging();
            customers.await(1_000);
            customers.goHome();

            assertThat(customers.phases().get(0).failures()).isZero();
        }
    }

    @Test
    void customers_notice_that_the_shop_is_gone() throws IOException, InterruptedException {
        Shop shop = Shop.start(JAVA, RELEASED, List.of(), folder);
        try (Customers customers = new Customers(shop.port(), Options.CONNECTIONS_MIN, "gone")) {
            customers.await(100);
            shop.close();
            long before = customers.phases().get(0).requests();
            customers.await(before + Options.CONNECTIONS_MIN);
            customers.goHome();

            assertThat(customers.phases().get(0).failures())
                    .isGreaterThanOrEqualTo(Options.CONNECTIONS_MIN);
            assertThat(shop.isTheSame()).isFalse();
        } finally {
            shop.close();
        }
    }
}
