package org.shanpai.stack.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.shanpai.city.CityRun;
import org.shanpai.city.agents.Guest;
import org.shanpai.city.agents.Logins;
import org.shanpai.city.agents.Operator;
import org.shanpai.city.api.Endpoints;
import org.shanpai.city.plan.CityMaker;
import org.shanpai.city.plan.CityPlan;
import org.shanpai.city.plan.Instance;
import org.shanpai.city.plan.Scenario;
import org.shanpai.city.report.RunReport;
import org.shanpai.city.streets.StreetFile;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.servers.Lifetime;
import org.shanpai.stack.CannotRun;
import org.shanpai.stack.MemoryMeter;
import org.shanpai.stack.Program;
import org.shanpai.stack.Stack;
import org.shanpai.stack.StackPorts;
import org.shanpai.stack.Supervisor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The stack with a simulated city. */
@Command(
    name = "demo",
    description =
        "Starts everything and runs a simulated city against the public APIs. Ends with a report; exit code 1 when one of its invariants is broken.",
    mixinStandardHelpOptions = true)
final class Demo implements Callable<Integer> {

  private static final double SPEED = 20;
  private static final int MAX = 100_000;

  @Option(
      names = "--orders",
      paramLabel = "N",
      description = "Orders to submit (default: ${DEFAULT-VALUE}).",
      defaultValue = "300")
  private int orders;

  @Option(
      names = "--riders",
      paramLabel = "N",
      description = "Riders on a dry weekday (default: ${DEFAULT-VALUE}).",
      defaultValue = "60")
  private int riders;

  @Option(
      names = "--instance",
      paramLabel = "DIR",
      description = "Replays this Grubhub instance (mdrplib) instead of a made-up city.")
  private Path instance;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
      defaultValue = "WEEKDAY")
  private Scenario scenario;

  @Option(
      names = "--speed",
      paramLabel = "X",
      description = "City seconds in one real second (default: 20).")
  private Double speed;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "The same seed makes the same city (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  private long seed;

  @Option(names = "--exit-when-done", description = "Stops everything once the report is there.")
  private boolean exitWhenDone;

  @Option(names = "--report", paramLabel = "FILE", description = "Writes the report here, as JSON.")
  private Path report;

  @Option(names = "--keep", description = "Goes on with the data of the last run.")
  private boolean keep;

  @Option(
      names = "--chaos",
      description =
          "Kills every program and server once during the run and starts it again on its data.")
  private boolean chaos;

  @Mixin private StackOptions options;

  private final WallClock wall = WallClock.system();
  private volatile boolean stopping;

  @Override
  public Integer call() {
    check();
    CityPlan plan =
        instance == null ? CityMaker.make(scenario, orders, riders, seed) : Instance.read(instance);
    long started = wall.millis();
    Opening opening =
        Opening.of(
            options,
            keep,
            Lifetime.WITH_JVM,
            Opening.anchor(wall, plan.day(), plan.opens(), speed == null ? SPEED : speed),
            speed != null,
            environment(plan));
    StreetFile.write(plan.ground(), plan.plane(), streetFile());
    opening.stopAtExit(
        said -> {
          stopping = true;
          System.out.println(said);
        });
    Stack stack = opening.stack();
    System.out.println("Starting Kafka, PostgreSQL, Redis and the services; about half a minute.");
    stack.start(System.out::println);
    try (MemoryMeter memory = new MemoryMeter(stack::pids)) {
      return run(plan, opening, memory, started);
    }
  }

  /** A city with streets is planned on them; an instance brings its own travel times. */
  private Map<String, String> environment(CityPlan plan) {
    Map<String, String> environment = new HashMap<>(plan.environment());
    if (!plan.ground().streets().isEmpty()) {
      environment.put("SHANPAI_GEO_STREETS_FILE", streetFile().toString());
      environment.put(
          "SHANPAI_GEO_STREETS_CACHE_FOLDER", streetFile().resolveSibling("streets").toString());
    }
    return environment;
  }

  private Path streetFile() {
    return options.data().toAbsolutePath().normalize().resolve("streets.osm.pbf");
  }

  private void check() {
    if (orders < 1 || orders > MAX || riders < 1 || riders > MAX) {
      throw new CannotRun(
          "--orders and --riders must be within 1 to %d but are %d and %d."
              .formatted(MAX, orders, riders));
    }
    if (speed != null && !(speed > 0 && speed <= 1000)) {
      throw new CannotRun(
          "--speed must be more than 0 and at most 1000 but is %s.".formatted(speed));
    }
    if (report != null) {
      Path folder = report.toAbsolutePath().normalize().getParent();
      if (!Files.isDirectory(folder) || !Files.isWritable(folder) || Files.isDirectory(report)) {
        throw new CannotRun(
            "The report cannot be written to %s; name a file in a folder that exists and is writable."
                .formatted(report));
      }
    }
  }

  private int run(CityPlan plan, Opening opening, MemoryMeter memory, long started) {
    Stack stack = opening.stack();
    CityClock clock = new CityClock(wall, opening.anchor());
    String password = opening.data().secret("operator." + Operator.USERNAME);
    Logins logins = opening.data().kept("logins", Logins.class).orElseGet(Logins::none);
    try (CityRun city =
            new CityRun(
                plan, endpoints(stack.ports()), clock, seed, Long.toString(started, 36), password);
        Supervisor supervisor =
            new Supervisor(stack.all(), chaos, (name, what) -> happened(city, stack, name, what));
        FaultDriver faults =
            chaos ? new FaultDriver(stack.all(), supervisor, seed, city::note) : null) {
      System.out.printf(
          "Onboarding %d areas, %d stores and %d riders ...%n",
          plan.areas().size(), plan.stores().size(), plan.couriers().size());
      try {
        city.onboard(stack.firstOperatorCode(), logins);
      } finally {
        opening.data().keep("logins", logins);
      }
      System.out.printf(
          "%nControl room: %s%nSign in as %s with password %s%n%n",
          stack.ports().url(Program.CONTROL_ROOM), Operator.USERNAME, password);
      invite(city, stack, logins);
      try (LiveBoard board = new LiveBoard(plan.placements().size(), clock.speed())) {
        city.open(
            logins,
            standing -> {
              board.show(standing);
              if (faults != null) {
                faults.look(standing);
              }
            });
      }
      if (faults != null) {
        faults.finish().forEach(city::surprise);
      }
      if (city.brokenOff() == null) {
        city.audit(chaos);
        city.auditGeo();
      }
      RunReport result = city.report(chaos, started, wall.millis(), memory.peakMiB());
      write(result);
      int code = tell(city, result);
      if (!exitWhenDone && city.brokenOff() == null) {
        stayUp(supervisor, stack);
      }
      return code;
    }
  }

  /** How a person plays a rider; what a bag or a customer says comes to them as a message. */
  private static void invite(CityRun city, Stack stack, Logins logins) {
    String secret = logins.riders().get(Guest.RIDER_ID);
    if (secret != null) {
      System.out.printf(
          "Ride along:   %s/rider#rider=%s&at=%s%nSign in as %s with secret %s%n%n",
          stack.ports().url(Program.RIDER),
          Guest.RIDER_ID,
          city.guestStart(),
          Guest.RIDER_ID,
          secret);
    }
  }

  private static Endpoints endpoints(StackPorts ports) {
    return new Endpoints(
        ports.url(Program.CONTROL_ROOM),
        ports.url(Program.ORDER),
        ports.url(Program.DISPATCH),
        ports.url(Program.RIDER),
        ports.url(Program.GEO));
  }

  private void happened(CityRun city, Stack stack, String name, String what) {
    if (stopping) {
      return;
    }
    if (chaos) {
      System.out.printf("%n[faults] %s %s%n", name, what);
      return;
    }
    city.breakOff(
        "%s %s; its last lines, from %s:%n%s"
            .formatted(name, what, stack.log(name), Stack.lastLines(stack.log(name))));
  }

  private void write(RunReport result) {
    if (report == null) {
      return;
    }
    try {
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValue(report.toFile(), result);
    } catch (IOException e) {
      throw new CannotRun("The report cannot be written to " + report + ".", e);
    }
  }

  private static int tell(CityRun city, RunReport r) {
    System.out.printf(
        "%n%d submitted, %d refused, %d acknowledged: %d delivered, %d cancelled, %d returned, %d stuck, %d lost%n"
            + "doubled: %d assignments, %d scores; on time %.1f %%, click to door %.1f min (p90 %.1f)%n"
            + "offer latency p99 %d ms, city lag p99 %.1f s (max %.1f s), %d s, %d MiB%n",
        r.submitted(),
        r.refused(),
        r.acknowledged(),
        r.delivered(),
        r.cancelled(),
        r.returned(),
        r.stuck(),
        r.lost(),
        r.doubleAssigned(),
        r.doubleScored(),
        100 * r.onTimeShare(),
        r.clickToDoorP50Min(),
        r.clickToDoorP90Min(),
        r.offerLatencyP99Ms(),
        r.run().lagP99Ms() / 1000.0,
        r.maxLagMs() / 1000.0,
        r.wallSeconds(),
        r.peakRssMiB());
    MerchantLines.of(r.run().merchants()).forEach(System.out::println);
    RiderLines.of(r.run().riders()).forEach(System.out::println);
    GeoLines.of(r.run().geo()).forEach(System.out::println);
    List<String> failures = r.failures();
    if (failures.isEmpty()) {
      System.out.println("All invariants hold.");
      return 0;
    }
    failures.forEach(failure -> System.err.println("FAILED: " + failure));
    List<String> open = city.open();
    if (!open.isEmpty()) {
      System.err.println("Without an end: " + open.subList(0, Math.min(10, open.size())));
    }
    Map<String, Integer> parked = city.parked();
    if (!parked.isEmpty()) {
      System.err.println("Parked messages: " + parked);
    }
    return Shanpai.FAILED;
  }

  private static void stayUp(Supervisor supervisor, Stack stack) {
    System.out.println("The stack stays up; Ctrl-C stops it.");
    while (supervisor.allUp()) {
      try {
        Thread.sleep(1_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    String dead =
        stack.all().entrySet().stream()
            .filter(server -> !server.getValue().alive())
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse("A server");
    throw new CannotRun(
        "%s died; its last lines, from %s:%n%s"
            .formatted(dead, stack.log(dead), Stack.lastLines(stack.log(dead))));
  }
}
