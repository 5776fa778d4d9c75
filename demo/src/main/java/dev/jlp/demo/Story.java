package dev.jlp.demo;

import static java.util.Objects.requireNonNull;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The story, chapter by chapter. Every sentence about the shop is checked before it is printed. */
final class Story {

    private static final int WARM_UP_REQUESTS = 2_500;
    private static final int MEASURED_REQUESTS = 5_000;

    private final Options options;
    private final Shop shop;
    private final String pid;
    private final Jlp jlp;
    private final Page page;
    private final Path folder;
    private final Map<Fix, BuildReport> built = new EnumMap<>(Fix.class);
    private final Map<Fix, PatchReport> reports = new EnumMap<>(Fix.class);
    private final Set<Attack> closed = EnumSet.noneOf(Attack.class);

    /** Patches are built into the folder. */
    Story(Options options, Shop shop, Jlp jlp, Page page, Path folder) {
        this.options = options;
        this.shop = shop;
        this.pid = String.valueOf(shop.pid());
        this.jlp = jlp;
        this.page = page;
        this.folder = folder;
    }

    /** Tells all of it. */
    void tell() throws IOException, InterruptedException {
        try (Customers customers = new Customers(shop.port(), options.connections(), "warm-up")) {
            introduce(customers);
            attackAll();
            for (Fix fix : Fix.values()) {
                build(fix);
            }
            measure(customers);
            load(customers);
            attackAgain(customers);
            takeBack(customers);
            customers.goHome();
            conclude(customers);
        }
    }

    private void introduce(Customers customers) throws IOException, InterruptedException {
        page.chapter("A shop on Jetty, H2 2.0.204 and log4j-core 2.15.0");
        page.say(
                "process %s on the JDK in %s, agent %s",
                pid, options.java(), options.attach() ? "not yet there" : "from the start");
        page.say(
                "%d customers keep a connection each and ask %d times a second, all the time",
                customers.connections(), customers.perSecond());
        customers.await(WARM_UP_REQUESTS);
    }

    private void attackAll() throws IOException {
        page.chapter("The attacks work (the attacker is a listener on loopback)");
        for (Attack attack : Attack.values()) {
            boolean works = attack.works(shop);
            page.attack(attack, works);
            page.aside(attack.vehicle());
            Untrue.unless(
                    works,
                    "The attack '" + attack.title()
                            + "' should have worked on the released libraries.");
        }
    }

    private void build(Fix fix) throws IOException, InterruptedException {
        if (built.isEmpty()) {
            page.chapter("The patches, built from the released jars");
        }
        page.command(String.join(" ", fix.build(fix.file())));
        JsonObject answer = jlp.run(fix.build(file(fix)));
        Untrue.unless(
                Files.isRegularFile(Path.of(file(fix))),
                "The build of '" + fix.patch() + "' left no file.");
        BuildReport report = BuildReport.of(answer);
        built.put(fix, report);
        page.aside("taken: " + report.taken() + " changes in "
                + String.join(", ", report.takenClasses()));
        report.leftOut()
                .forEach((type, reason) -> page.aside("left out: " + type + ", as " + reason));
    }

    private void measure(Customers customers) throws InterruptedException {
        customers.enter("before");
        customers.await(MEASURED_REQUESTS);
    }

    private void load(Customers customers) throws IOException, InterruptedException {
        page.chapter("Loading, while the customers order");
        customers.enter("loading");
        for (Fix fix : Fix.values()) {
            JsonObject doctor = jlp.run(List.of("doctor", pid, file(fix)));
            JsonArray refusals = doctor.getArray("refusals", new JsonArray());
            Untrue.unless(
                    refusals.isEmpty(), "The doctor refuses '" + fix.patch() + "': " + refusals);
            page.command("load " + pid + " " + fix.file());
            long begun = System.nanoTime();
            jlp.run(List.of("load", pid, file(fix)));
            double seconds = (System.nanoTime() - begun) / 1e9;
            JsonObject status = jlp.run(List.of("status", pid));
            String state = state(fix, status);
            Untrue.unless(
                    state.equals("enabled"),
                    "The patch '" + fix.patch() + "' is '" + state + "' after its load.");
            PatchReport report = PatchReport.of(fix.patch(), status, seconds);
            reports.put(fix, report);
            page.say(
                    "enabled in %.2f s for every thread; new bodies in loaded classes: %d methods, %d classes",
                    seconds, report.methodCount(), report.classCount());
        }
    }

    private void attackAgain(Customers customers) throws IOException, InterruptedException {
        customers.enter("patched");
        page.chapter("The attacks again");
        boolean reload = false;
        for (Fix fix : Fix.values()) {
            reload |= promises(fix);
        }
        if (reload) {
            page.say("POST /admin/logging/reload");
            page.aside(
                    "layouts made by the old bodies stay as they were made; a reload makes them anew");
            shop.reloadLogging();
        }
        for (Attack attack : Attack.values()) {
            boolean works = attack.works(shop);
            page.attack(attack, works);
            if (closed.contains(attack)) {
                Untrue.unless(!works, "The attack '" + attack.title() + "' still works.");
            } else if (works) {
                page.aside(
                        "still open: the methods that close this way were left out of the patch, see above");
            }
        }
        sameProcess();
        customers.await(MEASURED_REQUESTS);
    }

    /** Notes the attacks that the patch must have closed; whether one of them needs a reload of the logging. */
    private boolean promises(Fix fix) {
        boolean reload = false;
        boolean any = false;
        for (Attack attack : Attack.values()) {
            if (attack.fix() == fix) {
                Attack.Closure closure =
                        attack.closure(requireNonNull(reports.get(fix)).methods());
                if (closure != Attack.Closure.NONE) {
                    closed.add(attack);
                    any = true;
                }
                reload |= closure == Attack.Closure.AFTER_RELOAD;
            }
        }
        Untrue.unless(
                any,
                "The patch '" + fix.patch() + "' has none of the methods that close its hole.");
        return reload;
    }

    private void takeBack(Customers customers) throws IOException, InterruptedException {
        customers.enter("taken back");
        page.chapter("One patch taken back");
        page.command("disable " + pid + " " + Fix.H2.patch());
        jlp.run(List.of("disable", pid, Fix.H2.patch()));
        String state = state(Fix.H2, jlp.run(List.of("status", pid)));
        Untrue.unless(
                !state.equals("enabled"), "The patch '" + Fix.H2.patch() + "' is still in force.");
        boolean works = Attack.DATABASE.works(shop);
        page.attack(Attack.DATABASE, works);
        Untrue.unless(
                works,
                "The attack '" + Attack.DATABASE.title()
                        + "' should work again without its patch.");
        for (Attack attack : closed) {
            if (attack.fix() == Fix.LOG4J) {
                boolean open = attack.works(shop);
                page.attack(attack, open);
                Untrue.unless(
                        !open,
                        "Taking back one patch opened the hole '" + attack.title()
                                + "' of the other.");
            }
        }
        sameProcess();
        customers.await(MEASURED_REQUESTS);
    }

    private void conclude(Customers customers) {
        page.chapter("Measured, on " + Runtime.getRuntime().availableProcessors()
                + " processors that the shop shares with customers and commands");
        Measured.print(page, customers.phases(), built, reports);
        for (Phase phase : customers.phases()) {
            Untrue.unless(
                    phase.failures() == 0,
                    phase.failures() + " requests failed in the phase '" + phase.title()
                            + "', the first: " + phase.firstFailure() + ".");
        }
        sameProcess();
        page.chapter("No request failed, and it is still process " + pid + ".");
    }

    private static String state(Fix fix, JsonObject status) {
        return PatchReport.patch(fix.patch(), status).getString("state", "absent");
    }

    /** The command gets the whole path, so that it may run in any folder. */
    private String file(Fix fix) {
        return folder.resolve(fix.file()).toString();
    }

    private void sameProcess() {
        Untrue.unless(
                shop.isTheSame(), "The shop's process " + pid + " is gone or is another one.");
    }
}
