package org.shanpai.fuzz;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.openapi.ApiDocument;
import org.shanpai.openapi.ApiOperation;
import org.shanpai.stack.CannotRun;
import org.shanpai.stack.Chance;
import org.shanpai.stack.Program;
import org.shanpai.stack.Stack;

/**
 * Requests good and bad against every operation that the services' OpenAPI documents name, by
 * callers of every role, and a look at what they left behind.
 *
 * <p>Each worker's requests follow from the seed and from what was answered; answers depend on what
 * else goes on, so a seed repeats the manner of a run, not its every byte.
 */
public final class FuzzRun {

  private static final int WORKERS = 4;

  /** Once so much is sent, operations that never succeeded get every second request. */
  private static final double PURSUIT_FROM = 0.5;

  /** Shorter runs do not wait; they are too short for every operation to succeed anyway. */
  private static final int SETTLED_FROM = 2_000;

  private static final long SETTLE_MILLIS = 90_000;

  private record Target(Program program, ApiOperation operation) {
    String name() {
      return program.text() + " " + operation.name();
    }
  }

  private final Stack stack;
  private final int requests;
  private final long seed;
  private final WallClock wall;
  private final KnownIds known = new KnownIds();
  private final Ledger ledger = new Ledger();
  private final Created created = new Created();
  private final Lore lore;
  private final Map<Program, ApiDocument> documents = new EnumMap<>(Program.class);
  private final List<Target> targets = new ArrayList<>();
  private final HttpServer receiver;

  /**
   * @param stack running, without anybody having signed in yet
   * @param requests how many are generated
   */
  public FuzzRun(Stack stack, int requests, long seed, CityClock clock, WallClock wall) {
    this.stack = stack;
    this.requests = requests;
    this.seed = seed;
    this.wall = wall;
    this.receiver = receiver();
    this.lore =
        new Lore(clock, known, "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook");
  }

  /** Takes every webhook and forgets it. */
  private static HttpServer receiver() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new CannotRun("No webhook receiver can be opened.", e);
    }
  }

  /**
   * @param progress is told of the generated requests that were answered, and of the findings so
   *     far
   */
  public FuzzReport run(Path keys, BiConsumer<Integer, Integer> progress) {
    long started = wall.millis();
    read();
    Caller caller = new Caller(stack.ports(), documents, ledger, known, created, lore);
    World world = new World(caller, known, "http://127.0.0.1:" + receiver.getAddress().getPort());
    world.build(stack.firstOperatorCode(), keys, wall.now());
    Poison.into(stack.kafka());
    try (Life life = new Life(caller, world, known, lore, stack::connect, seed)) {
      life.begin();
      settle(life);
      work(caller, world, progress);
    }
    receiver.stop(0);
    List<String> halves = new HalfCreated(stack::connect, caller).look(created);
    return report(halves, (wall.millis() - started) / 1_000);
  }

  private void read() {
    for (Program program : Program.values()) {
      Answer answer =
          RawHttp.send(
              stack.ports().of(program),
              new Shot("GET", "/q/openapi?format=json", List.of("Accept: application/json"), null));
      if (answer.status() != 200) {
        throw new CannotRun(
            "%s does not tell its OpenAPI document: %d %s"
                .formatted(program.text(), answer.status(), answer.failure()));
      }
      ApiDocument document = ApiDocument.parse(new String(answer.body(), StandardCharsets.UTF_8));
      documents.put(program, document);
      document.operations().forEach(operation -> targets.add(new Target(program, operation)));
    }
  }

  /** A run that is to reach every operation waits until there is something to act upon. */
  private void settle(Life life) {
    long until = wall.millis() + SETTLE_MILLIS;
    while (requests >= SETTLED_FROM && !life.settled() && wall.millis() < until) {
      try {
        Thread.sleep(500);
      } catch (InterruptedException e) {
        throw new CannotRun("The fuzz run was interrupted.", e);
      }
    }
    life.share();
  }

  private void work(Caller caller, World world, BiConsumer<Integer, Integer> progress) {
    AtomicInteger sent = new AtomicInteger();
    List<Thread> workers = new ArrayList<>();
    List<Throwable> broken = java.util.Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < WORKERS; i++) {
      Random random = Chance.of(seed, "worker " + i);
      Thread worker =
          new Thread(
              () -> {
                for (int n = sent.getAndIncrement(); n < requests; n = sent.getAndIncrement()) {
                  one(caller, world, random, n);
                }
              },
              "fuzz-" + i);
      worker.setUncaughtExceptionHandler((thread, failure) -> broken.add(failure));
      workers.add(worker);
      worker.start();
    }
    for (Thread worker : workers) {
      while (worker.isAlive()) {
        try {
          worker.join(500);
        } catch (InterruptedException e) {
          throw new CannotRun("The fuzz run was interrupted.", e);
        }
        progress.accept(ledger.requests(), ledger.failures().size());
      }
    }
    if (!broken.isEmpty()) {
      throw new IllegalStateException("A worker of the fuzz run broke", broken.get(0));
    }
  }

  private void one(Caller caller, World world, Random random, int number) {
    Target target = targets.get(random.nextInt(targets.size()));
    boolean pursued = false;
    if (number > requests * PURSUIT_FROM && random.nextBoolean()) {
      List<Target> missing = missing();
      if (!missing.isEmpty()) {
        target = missing.get(random.nextInt(missing.size()));
        pursued = true;
      }
    }
    ApiOperation operation = target.operation();
    Persona who = world.one(operation, target.program(), random);
    if (operation.path().endsWith("/sessions/current")) {
      who = world.anotherSession(who);
    }
    RequestMaker maker =
        new RequestMaker(target.program(), documents.get(target.program()), lore, known, random);
    RequestMaker.Draft draft = maker.draft(operation, who);
    Mutation mutation = pursued ? Mutation.NONE : Mutation.any(random);
    Shot shot = mutation.apply(draft, world.other(operation.roles(), random), random);
    caller.send(target.program(), who, shot, mutation, true);
    if (mutation == Mutation.KEY_AGAIN && draft.body() != null) {
      // The same key with another body, or with the same one: neither may do anything twice.
      Shot again =
          random.nextBoolean()
              ? shot
              : Mutation.FIELD_EXTRA.apply(draft, who, random).header("X-Again", "1");
      caller.send(target.program(), who, again, mutation, false);
    }
  }

  private List<Target> missing() {
    return targets.stream()
        .filter(target -> !ledger.good(target.name(), target.operation()))
        .toList();
  }

  private FuzzReport report(List<String> halves, long seconds) {
    int sent = ledger.requests();
    return new FuzzReport(
        seed,
        sent,
        ledger.reached(),
        sent == 0 ? 0 : Math.round(1000.0 * ledger.reached() / sent) / 1000.0,
        ledger.count(Judge.Kind.SERVER_ERROR),
        halves.size(),
        ledger.count(Judge.Kind.NO_ANSWER),
        ledger.count(Judge.Kind.PROBLEM_SHAPE),
        ledger.count(Judge.Kind.UNDOCUMENTED),
        ledger.count(Judge.Kind.NOT_THE_SCHEMA),
        targets.size(),
        missing().stream().map(Target::name).toList(),
        ledger.besides(),
        ledger.slowest(),
        seconds,
        ledger.byMutation(),
        ledger.byOperation(),
        halves.stream().limit(100).toList(),
        ledger.failures());
  }
}
