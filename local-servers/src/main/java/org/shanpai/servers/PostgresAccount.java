package org.shanpai.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;

/**
 * As whom PostgreSQL runs. It refuses the superuser of the system, so that as root it is given a
 * user namespace without a mapping, in which it sees itself as somebody else while its files stay
 * root's; where namespaces are not allowed it runs as user nobody.
 */
enum PostgresAccount {
  SAME {
    @Override
    List<String> before() {
      return List.of();
    }
  },
  USER_NAMESPACE {
    @Override
    List<String> before() {
      return List.of(program("unshare"), "-U");
    }
  },
  NOBODY {
    @Override
    List<String> before() {
      return List.of(program("setpriv"), "--reuid=65534", "--regid=65534", "--clear-groups");
    }

    @Override
    Path cache() {
      return System.getProperty("shanpai.cache", System.getenv("SHANPAI_CACHE")) == null
          ? Path.of("/var/tmp/shanpai")
          : ServerBinaries.userCache();
    }

    @Override
    void own(Path path) throws IOException {
      for (Path parent = path.getParent(); parent != null; parent = parent.getParent()) {
        if (!Files.getPosixFilePermissions(parent).contains(PosixFilePermission.OTHERS_EXECUTE)) {
          throw new ServerFailed(
              "PostgreSQL does not run as root, user namespaces are not allowed here, and user nobody cannot enter %s; choose a data folder below /var/tmp or run as another user."
                  .formatted(parent));
        }
      }
      UserPrincipal nobody =
          path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("65534");
      Files.setOwner(path, nobody);
    }
  };

  /** Commands to put before PostgreSQL's own. */
  abstract List<String> before();

  /** Where its programs are unpacked to. */
  Path cache() {
    return ServerBinaries.userCache();
  }

  /** Lets PostgreSQL own the folder or file. */
  void own(Path path) throws IOException {}

  /**
   * The first way that works here. The system property {@code shanpai.postgres.account} names one.
   */
  static PostgresAccount forThisProcess() {
    String named = System.getProperty("shanpai.postgres.account");
    if (named != null) {
      return valueOf(named);
    }
    if (!"0".equals(Launcher.run(List.of(program("id"), "-u")).trim())) {
      return SAME;
    }
    try {
      String seen = Launcher.run(List.of(program("unshare"), "-U", program("id"), "-u")).trim();
      return "0".equals(seen) ? NOBODY : USER_NAMESPACE;
    } catch (ServerFailed notAllowed) {
      return NOBODY;
    }
  }

  private static String program(String name) {
    return Launcher.findProgram(name)
        .map(Path::toString)
        .orElseThrow(
            () ->
                new ServerFailed(
                    "The program %s is needed to run PostgreSQL as root; install util-linux or run as another user."
                        .formatted(name)));
  }
}
