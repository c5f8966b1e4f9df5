package org.shanpai.servicebench.geo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.servers.FreePorts;
import org.shanpai.servers.RedisServer;
import org.shanpai.servicebench.redis.Command;
import org.shanpai.servicebench.redis.Pipeline;

/**
 * A Redis of its own, of the version the local stack runs, with all riders under one key: GEOADD
 * and GEOSEARCH as a plain user would have them.
 */
public final class GeoRival implements AutoCloseable {

  private static final String KEY = "riders";
  private static final int CONNECTIONS = 50;
  private static final int DEPTH = 16;
  private static final int COMMANDS = 100_000;
  private static final Pattern RATE = Pattern.compile("([0-9.]+) requests per second");

  private final RedisServer redis;
  private final InetSocketAddress address;
  private final Optional<Path> redisBenchmark;

  /**
   * Starts it.
   *
   * @param folder of its data
   */
  public GeoRival(Path folder) {
    this.redis = new RedisServer(folder, FreePorts.one());
    redis.start();
    this.address = new InetSocketAddress("127.0.0.1", redis.port());
    this.redisBenchmark = onPath("redis-benchmark");
  }

  private static Optional<Path> onPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Who sends GEOADD: {@code redis-benchmark}, or our own client where there is none. */
  public String geoaddClient() {
    return redisBenchmark.isPresent()
        ? "redis-benchmark -P 16 -c 50"
        : "own client, 50 connections, 16 in a pipeline";
  }

  /**
   * GEOADD of members chosen by chance, 50 connections with 16 commands under way each.
   *
   * @param members how many different ones
   * @param time roughly, when redis-benchmark sends
   * @return commands a second
   */
  public double geoaddPerSecond(int members, Square square, Duration time, long seed) {
    if (redisBenchmark.isPresent()) {
      return withRedisBenchmark(redisBenchmark.get(), members, time);
    }
    try (Pipeline pipeline =
        new Pipeline(address, CONNECTIONS, DEPTH, geoadds(members, square, seed), seed)) {
      return pipeline.perSecond(time);
    }
  }

  private static byte[][] geoadds(int members, Square square, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[][] commands = new byte[COMMANDS][];
    for (int i = 0; i < commands.length; i++) {
      commands[i] = geoadd(random.nextInt(members), square.place(random));
    }
    return commands;
  }

  private double withRedisBenchmark(Path program, int members, Duration time) {
    long commands = Math.max(50_000, time.toSeconds() * 250_000);
    try {
      Process process =
          new ProcessBuilder(
                  program.toString(),
                  "-h",
                  address.getHostString(),
                  "-p",
                  Integer.toString(address.getPort()),
                  "-P",
                  Integer.toString(DEPTH),
                  "-c",
                  Integer.toString(CONNECTIONS),
                  "-n",
                  Long.toString(commands),
                  "-r",
                  Integer.toString(members),
                  "-q",
                  "GEOADD",
                  "benchmark",
                  "121.47",
                  "31.23",
                  "r-__rand_int__")
              .redirectErrorStream(true)
              .start();
      String said;
      try (InputStream out = process.getInputStream()) {
        said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      }
      return rate(said);
    } catch (IOException e) {
      throw new UncheckedIOException(program + " cannot be run.", e);
    }
  }

  /** The last rate that redis-benchmark told. */
  static double rate(String said) {
    Matcher told = RATE.matcher(said);
    double rate = Double.NaN;
    while (told.find()) {
      rate = Double.parseDouble(told.group(1));
    }
    if (!Double.isFinite(rate)) {
      throw new IllegalStateException("redis-benchmark told no rate: " + said.strip());
    }
    return rate;
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return address;
  }

  /** GEOADD of a rider under the one key. */
  public static byte[] geoadd(int rider, GeoPoint place) {
    return Command.of("GEOADD", KEY, degrees(place.lon()), degrees(place.lat()), member(rider));
  }

  /** GEOSEARCH for the nearest riders under the one key, ids only. */
  public static byte[] geosearch(GeoPoint centre, int radiusMetres, int most) {
    return Command.of(
        "GEOSEARCH",
        KEY,
        "FROMLONLAT",
        degrees(centre.lon()),
        degrees(centre.lat()),
        "BYRADIUS",
        Integer.toString(radiusMetres),
        "m",
        "ASC",
        "COUNT",
        Integer.toString(most));
  }

  /** The name under which a rider by number is known. */
  public static String member(int rider) {
    return "r-%06d".formatted(rider);
  }

  private static String degrees(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }

  @Override
  public void close() {
    redis.close();
  }
}
