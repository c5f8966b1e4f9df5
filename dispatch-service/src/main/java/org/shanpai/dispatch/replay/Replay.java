package org.shanpai.dispatch.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.shanpai.engine.DispatchEngine;
import org.shanpai.messaging.Json;

/**
 * {@code ./shanpai replay WAVE}: fetches a stored wave, or reads it from a file, and runs it again
 * on this engine.
 *
 * <p>Exit codes: 0 the same answer, 1 another one, 2 it could not be run as asked, 3 stored by
 * another engine version.
 */
public final class Replay {

  private static final String USAGE =
      """
      Usage: ./shanpai replay WAVE|FILE [OPTIONS]

      Runs a stored wave again, up to the step at which it stopped, and compares the answer with the
      stored one. WAVE is an id such as w-01jd…, from a receipt; FILE is what --save wrote.

        --url URL            dispatch-service (default: http://127.0.0.1:8082)
        --control-room URL   where operators sign in (default: http://127.0.0.1:8080)
        --user NAME          operator (default: demo)
        --password WORD      default: the local stack's, from its data folder
        --data DIR           the local stack's data folder (default: data in the project)
        --save FILE          writes the wave there as well

      Exit codes: 0 the same answer; 1 another answer; 2 it could not be run; 3 another engine version.
      """;

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final List<String> OPTIONS =
      List.of("--url", "--control-room", "--user", "--password", "--data", "--save");

  private Replay() {}

  /** What keeps it from running, said to the user in one sentence. */
  private static final class CannotRun extends RuntimeException {
    CannotRun(String what) {
      super(what, null, false, false);
    }
  }

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Runs the command and returns its exit code. */
  static int run(String... arguments) {
    if (arguments.length == 0
        || List.of(arguments).contains("--help")
        || List.of(arguments).contains("-h")) {
      System.out.print(USAGE);
      return arguments.length == 0 ? 2 : 0;
    }
    try {
      Map<String, String> options = new HashMap<>();
      String wanted = parse(arguments, options);
      byte[] bytes = bytes(wanted, options);
      WaveFile file = WaveFile.read(bytes);
      if (options.containsKey("--save")) {
        Files.write(Path.of(options.get("--save")), bytes);
      }
      DispatchEngine engine = new DispatchEngine(System::nanoTime);
      Rerun.Outcome outcome = new Rerun(engine::solve, EngineVersion.present()).run(file);
      boolean same = outcome.verdict() == Rerun.Verdict.SAME;
      (same ? System.out : System.err).println(outcome.said());
      return switch (outcome.verdict()) {
        case SAME -> 0;
        case DIFFERS -> 1;
        case OTHER_ENGINE -> 3;
      };
    } catch (CannotRun | IllegalArgumentException e) {
      System.err.println("shanpai: " + e.getMessage());
      return 2;
    } catch (IOException e) {
      System.err.println("shanpai: " + e);
      return 2;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 2;
    }
  }

  private static String parse(String[] arguments, Map<String, String> options) {
    String wanted = null;
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      if (OPTIONS.contains(argument)) {
        if (i + 1 == arguments.length) {
          throw new CannotRun(argument + " needs a value.");
        }
        options.put(argument, arguments[++i]);
      } else if (argument.startsWith("-")) {
        throw new CannotRun("there is no option " + argument + "; see ./shanpai replay --help.");
      } else if (wanted != null) {
        throw new CannotRun("one wave at a time: " + wanted + " or " + argument + ".");
      } else {
        wanted = argument;
      }
    }
    if (wanted == null) {
      throw new CannotRun("which wave? Give its id or a file.");
    }
    return wanted;
  }

  private static byte[] bytes(String wanted, Map<String, String> options)
      throws IOException, InterruptedException {
    Path file = Path.of(wanted);
    if (Files.isRegularFile(file)) {
      return Files.readAllBytes(file);
    }
    if (!wanted.matches("[A-Za-z0-9._:-]{1,64}")) {
      throw new CannotRun("there is no file " + wanted + ", and no wave has such an id.");
    }
    HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    String token = signIn(http, options);
    URI from =
        URI.create(
            options.getOrDefault("--url", "http://127.0.0.1:8082")
                + "/v1/waves/"
                + wanted
                + "/input");
    HttpResponse<byte[]> answer =
        send(
            http,
            HttpRequest.newBuilder(from).header("Authorization", "Bearer " + token).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() == 404) {
      throw new CannotRun("there is no stored wave " + wanted + "; it may be too long ago.");
    }
    if (answer.statusCode() != 200) {
      throw new CannotRun(from + " answered " + answer.statusCode() + ".");
    }
    return answer.body();
  }

  private static String signIn(HttpClient http, Map<String, String> options)
      throws IOException, InterruptedException {
    URI room =
        URI.create(
            options.getOrDefault("--control-room", "http://127.0.0.1:8080")
                + "/v1/operators/sessions");
    String user = options.getOrDefault("--user", "demo");
    String password =
        options.containsKey("--password") ? options.get("--password") : stored(user, options);
    HttpResponse<String> answer =
        send(
            http,
            HttpRequest.newBuilder(room)
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        Json.write(Map.of("username", user, "password", password))))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new CannotRun(
          "operator " + user + " cannot sign in at " + room + ": " + answer.statusCode() + ".");
    }
    return Json.read(answer.body(), JsonNode.class).path("accessToken").asText();
  }

  /** The password that the local stack made for its operator. */
  private static String stored(String user, Map<String, String> options) throws IOException {
    Path data =
        options.containsKey("--data")
            ? Path.of(options.get("--data"))
            : Path.of(System.getProperty("shanpai.home", ".")).resolve("data");
    Path secrets = data.resolve("secrets.properties");
    Properties all = new Properties();
    if (Files.isReadable(secrets)) {
      try (var in = Files.newBufferedReader(secrets)) {
        all.load(in);
      }
    }
    String password = all.getProperty("operator." + user);
    if (password == null) {
      throw new CannotRun(
          "no password for operator " + user + " is in " + secrets + "; give --password.");
    }
    return password;
  }

  private static <T> HttpResponse<T> send(
      HttpClient http, HttpRequest request, HttpResponse.BodyHandler<T> body)
      throws IOException, InterruptedException {
    try {
      return http.send(request, body);
    } catch (java.net.ConnectException e) {
      throw new CannotRun(
          "nobody answers at "
              + request.uri().getAuthority()
              + "; is the stack up? A file needs none.");
    }
  }
}
