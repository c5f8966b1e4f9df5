package org.shanpai.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.shanpai.contracts.time.CityClock;

/**
 * Everything a stack leaves on disk: the servers' data, logs, keys, secrets, and the city clock's
 * anchor. Only its owner may enter it.
 */
public final class DataFolder {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** By this file a folder is known as ours; no other is ever emptied. */
  private static final String MARK = "shanpai-data";

  private final Path root;

  private DataFolder(Path root) {
    this.root = root;
  }

  /**
   * Opens the folder, made if need be.
   *
   * @param keep goes on with what is in it; otherwise it is emptied first
   * @throws CannotRun when it cannot be written, or holds something that is not ours
   */
  public static DataFolder open(Path root, boolean keep) {
    DataFolder folder = new DataFolder(root.toAbsolutePath().normalize());
    try {
      folder.make(keep);
    } catch (IOException e) {
      throw new CannotRun(
          "%s cannot be written (%s); choose another folder with --data."
              .formatted(folder.root, e.getClass().getSimpleName()),
          e);
    }
    return folder;
  }

  /** The folder of a stack that was started earlier, or empty when there is none. */
  public static Optional<DataFolder> find(Path root) {
    Path absolute = root.toAbsolutePath().normalize();
    return Files.exists(absolute.resolve(MARK))
        ? Optional.of(new DataFolder(absolute))
        : Optional.empty();
  }

  private void make(boolean keep) throws IOException {
    if (Files.exists(root) && !Files.isDirectory(root)) {
      throw new CannotRun("%s is a file; choose a folder with --data.".formatted(root));
    }
    if (Files.isDirectory(root) && !Files.exists(root.resolve(MARK)) && !isEmpty(root)) {
      throw new CannotRun(
          "%s holds files that are not Shanpai's; choose another folder with --data."
              .formatted(root));
    }
    if (!keep && Files.isDirectory(root)) {
      empty(root);
    }
    Files.createDirectories(root);
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
    if (!Files.exists(root.resolve(MARK))) {
      Files.writeString(
          root.resolve(MARK), "Data of ./shanpai; deleted by the next fresh start.\n");
    }
    Files.createDirectories(logs());
    Files.createDirectories(keys());
    Files.setPosixFilePermissions(keys(), PosixFilePermissions.fromString("rwx------"));
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private static void empty(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(folder)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  public Path root() {
    return root;
  }

  public Path logs() {
    return root.resolve("logs");
  }

  /** The issuers' keys, mode 0700. */
  public Path keys() {
    return root.resolve("keys");
  }

  /** Where a program runs and keeps its own log. */
  public Path program(Program program) {
    return root.resolve("programs").resolve(program.text());
  }

  /** Lets all logs be found in one place, although each server keeps its own. */
  void linkLog(String name, Path log) {
    Path link = logs().resolve(name + ".log");
    try {
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, logs().relativize(log));
    } catch (IOException e) {
      throw new CannotRun(link + " cannot be written; choose another folder with --data.", e);
    }
  }

  /**
   * The city clock's anchor: stored the first time, the same ever after.
   *
   * @param first what the city would start with
   * @return what it did start with
   * @throws CannotRun when a kept city runs at another speed
   */
  public CityClock.Anchor anchor(CityClock.Anchor first) {
    Path file = root.resolve("city.clock");
    try {
      if (!Files.exists(file)) {
        write(file, first.text());
      }
      CityClock.Anchor stored = CityClock.Anchor.parse(Files.readString(file));
      if (stored.speed() != first.speed()) {
        throw new CannotRun(
            "The city kept in %s runs at speed %s and cannot change to %s; leave --speed out or start without --keep."
                .formatted(root, plain(stored.speed()), plain(first.speed())));
      }
      return stored;
    } catch (IOException | IllegalArgumentException e) {
      throw new CannotRun(
          "%s cannot be read (%s); start without --keep.".formatted(file, e.getMessage()), e);
    }
  }

  /** The speed of the city that is kept here, or empty when there is none yet. */
  public Optional<Double> keptSpeed() {
    try {
      return Optional.of(
          CityClock.Anchor.parse(Files.readString(root.resolve("city.clock"))).speed());
    } catch (IOException | IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  static String plain(double speed) {
    return speed == Math.rint(speed) ? Long.toString((long) speed) : Double.toString(speed);
  }

  /** A secret of that name: 32 random characters, made the first time it is asked for. */
  public synchronized String secret(String name) {
    Path file = root.resolve("secrets.properties");
    try {
      Properties secrets = new Properties();
      if (Files.exists(file)) {
        try (var in = Files.newBufferedReader(file)) {
          secrets.load(in);
        }
      }
      String secret = secrets.getProperty(name);
      if (secret == null) {
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        secret = HexFormat.of().formatHex(random);
        secrets.setProperty(name, secret);
        StringBuilder text = new StringBuilder();
        for (String key : secrets.stringPropertyNames().stream().sorted().toList()) {
          text.append(key).append('=').append(secrets.getProperty(key)).append('\n');
        }
        write(file, text.toString());
      }
      return secret;
    } catch (IOException e) {
      throw new CannotRun(file + " cannot be read or written; start without --keep.", e);
    }
  }

  /** Keeps a value as JSON, readable by its owner only. */
  public void keep(String name, Object value) {
    try {
      write(root.resolve(name + ".json"), JSON.writeValueAsString(value) + "\n");
    } catch (IOException e) {
      throw new CannotRun(root + " cannot be written; choose another folder with --data.", e);
    }
  }

  /** What was kept under that name, or empty. */
  public <T> Optional<T> kept(String name, Class<T> type) {
    Path file = root.resolve(name + ".json");
    try {
      return Optional.of(JSON.readValue(file.toFile(), type));
    } catch (NoSuchFileException | java.io.FileNotFoundException none) {
      return Optional.empty();
    } catch (IOException e) {
      throw new CannotRun(file + " cannot be read; start without --keep.", e);
    }
  }

  /** Whole or not at all, and never readable by others in between. */
  private static void write(Path file, String text) throws IOException {
    Path fresh =
        Files.createTempFile(
            file.getParent(),
            ".new-",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, text);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** What {@code down} and {@code status} need to find the stack again. */
  public record Running(Map<String, Integer> programPorts, int kafka, int postgres, int redis) {

    static Running of(StackPorts ports) {
      Map<String, Integer> programs = new java.util.TreeMap<>();
      ports.programs().forEach((program, port) -> programs.put(program.name(), port));
      return new Running(programs, ports.kafka(), ports.postgres(), ports.redis());
    }

    StackPorts ports() {
      Map<Program, Integer> programs = new java.util.EnumMap<>(Program.class);
      programPorts.forEach((name, port) -> programs.put(Program.valueOf(name), port));
      return new StackPorts(programs, kafka, postgres, redis);
    }
  }
}
