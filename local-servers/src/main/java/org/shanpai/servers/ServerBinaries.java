package org.shanpai.servers;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The servers' programs, unpacked once from the class path into a cache and used from there by
 * every later start.
 *
 * <p>The cache is the folder that the system property {@code shanpai.cache} or the environment
 * variable {@code SHANPAI_CACHE} names, otherwise {@code ~/.cache/shanpai}. A folder appears in it
 * whole or not at all, so that JVMs may unpack at the same time.
 */
final class ServerBinaries {
  private static final String KAFKA = "META-INF/shanpai/kafka/";

  /** Fills an empty folder. */
  private interface Unpacking {
    void into(Path folder) throws IOException;
  }

  private ServerBinaries() {}

  /** The broker's class path: its jars, in the order Maven resolved them. */
  static String kafkaClassPath() throws IOException {
    String index;
    try (InputStream in = open(KAFKA + "jars")) {
      index = new String(in.readAllBytes(), StandardCharsets.UTF_8).trim();
    }
    List<String> names =
        Stream.of(index.split(":")).map(jar -> jar.substring(jar.lastIndexOf('/') + 1)).toList();
    Path home =
        unpacked(
            userCache(),
            "kafka-" + digest(index),
            folder -> {
              for (String name : names) {
                try (InputStream in = open(KAFKA + name)) {
                  Files.copy(in, folder.resolve(name));
                }
              }
            });
    List<String> jars = new ArrayList<>();
    names.forEach(name -> jars.add(home.resolve(name).toString()));
    return String.join(":", jars);
  }

  /** PostgreSQL's installation, with {@code bin/initdb} and {@code bin/postgres}. */
  static Path postgresHome(Path cache) throws IOException {
    String archive = "postgres-linux-" + (arm() ? "arm_64" : "x86_64") + ".txz";
    return unpacked(cache, "postgres-" + identity(archive), folder -> untar(archive, folder));
  }

  static Path redisServer() throws IOException {
    String program = "redis-server-7.0.15-linux-" + (arm() ? "arm64" : "amd64");
    Path home =
        unpacked(
            userCache(),
            "redis-" + identity(program),
            folder -> {
              Path file = folder.resolve("redis-server");
              try (InputStream in = open(program)) {
                Files.copy(in, file);
              }
              Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            });
    return home.resolve("redis-server");
  }

  static Path userCache() {
    String named = System.getProperty("shanpai.cache", System.getenv("SHANPAI_CACHE"));
    return named == null || named.isBlank()
        ? Path.of(System.getProperty("user.home"), ".cache", "shanpai")
        : Path.of(named).toAbsolutePath();
  }

  private static boolean arm() {
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    boolean linux = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
    if (linux && (arch.equals("amd64") || arch.equals("x86_64"))) {
      return false;
    }
    if (linux && (arch.equals("aarch64") || arch.equals("arm64"))) {
      return true;
    }
    throw new ServerFailed(
        "The local servers run on Linux, x86-64 or ARM64, not on %s %s; point the services at servers of your own."
            .formatted(System.getProperty("os.name"), arch));
  }

  private static Path unpacked(Path cache, String name, Unpacking unpacking) throws IOException {
    Path home = cache.resolve(name);
    if (Files.isDirectory(home)) {
      return home;
    }
    Path fresh;
    try {
      Files.createDirectories(cache);
      fresh = Files.createTempDirectory(cache, ".unpacking-");
    } catch (IOException e) {
      throw new ServerFailed(
          "Cannot write to the cache %s; name another folder with SHANPAI_CACHE.".formatted(cache),
          e);
    }
    try {
      unpacking.into(fresh);
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException other) {
      delete(fresh);
    } catch (FileSystemException e) {
      delete(fresh);
      if (!Files.isDirectory(home)) {
        throw e;
      }
    }
    return home;
  }

  private static void untar(String archive, Path folder) throws IOException {
    try (InputStream in = new BufferedInputStream(open(archive), 1 << 16);
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(in))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
          throw new ServerFailed(archive + " holds a path outside its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else if (entry.isSymbolicLink()) {
          Files.createDirectories(target.getParent());
          Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(tar, target);
          String mode = (entry.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--";
          Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(mode));
        }
      }
    }
  }

  private static InputStream open(String resource) {
    InputStream in = ServerBinaries.class.getClassLoader().getResourceAsStream(resource);
    if (in == null) {
      in = Thread.currentThread().getContextClassLoader().getResourceAsStream(resource);
    }
    if (in == null) {
      throw new ServerFailed(
          "%s is not on the class path; depend on org.shanpai:local-servers with its transitive dependencies and build it with Maven."
              .formatted(resource));
    }
    return in;
  }

  /** Tells one version of a packed program from another. */
  private static String identity(String resource) throws IOException {
    MessageDigest sha = sha256();
    try (InputStream in = open(resource)) {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        sha.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(sha.digest(), 0, 6);
  }

  private static String digest(String text) {
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)), 0, 6);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
