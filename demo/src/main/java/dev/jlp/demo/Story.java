package dev.jlp.demo;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The story, chapter by chapter. Every sentence about the shop is checked before it is printed. */
final class Story {

    /** The patch that is taken back at the end. */
    private static final Fix TAKEN_BACK = Fix.TEXT;

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
            logs("before");
            for (Fix fix : Fix.values()) {
                build(fix);
            }
            measure(customers);
            load(customers);
            attackAgain(customers);
            takeBack(customers);
            customers.goHome();
            logs("at the end");
            conclude(customers);
        }
    }

    private void introduce(Customers customers) throws IOException, InterruptedException {
        List<String> releases = Arrays.stream(Fix.values()).map(Fix::release).toList();
        page.chapter("A shop on Jetty, with " + String.join(", ", releases));
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
                + report.takenClasses().size() + " classes");
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
        for (Attack attack : Attack.values()) {
            fails(attack);
        }
        logs("patched");
        reloadLogging("what was made before the patch works on; now the new bodies make it anew");
        for (Attack attack : Attack.values()) {
            if (attack.fix() == Fix.LOG4J) {
                fails(attack);
            }
        }
        logs("reloaded");
        sameProcess();
        customers.await(MEASURED_REQUESTS);
    }

    private void reloadLogging(String why) throws IOException {
        page.say("POST /admin/logging/reload");
        page.aside(why);
        shop.reloadLogging();
    }

    private void fails(Attack attack) throws IOException {
        boolean works = attack.works(shop);
        page.attack(attack, works);
        Untrue.unless(!works, "The attack '" + attack.title() + "' still works.");
    }

    /** A patch of the logging must not cost a line of the log. */
    private void logs(String words) throws IOException {
        boolean logged = shop.logs(words);
        List<String> complaints = shop.complaints();
        Untrue.unless(complaints.isEmpty(), "The shop's logging complains: " + complaints + ".");
        Untrue.unless(logged, "The order for '" + words + "' is not in the shop's log.");
        page.say("the shop's log goes on: order 1 for %s", words);
    }

    private void takeBack(Customers customers) throws IOException, InterruptedException {
        customers.enter("taken back");
        page.chapter("One patch taken back");
        page.command("disable " + pid + " " + TAKEN_BACK.patch());
        jlp.run(List.of("disable", pid, TAKEN_BACK.patch()));
        String state = state(TAKEN_BACK, jlp.run(List.of("status", pid)));
        Untrue.unless(
                !state.equals("enabled"),
                "The patch '" + TAKEN_BACK.patch() + "' is still in force.");
        for (Attack attack : Attack.values()) {
            if (attack.fix() == TAKEN_BACK) {
                boolean works = attack.works(shop);
                page.attack(attack, works);
                Untrue.unless(
                        works,
                        "The attack '" + attack.title() + "' should work again without its patch.");
            } else {
                fails(attack);
            }
        }
        logs("taken back");
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
