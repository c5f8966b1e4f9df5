package org.shanpai.city.api;

import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.shanpai.city.schedule.CityScheduler;

/**
 * One agent's way to the APIs: signs in when it must, and repeats what has not been answered, with
 * the same key, until it is.
 *
 * <p>Answers arrive as steps of the agent. Used from the agent's steps only.
 */
public final class Caller {

  private static final long FIRST_WAIT_MILLIS = 150;
  private static final long LONGEST_WAIT_MILLIS = 3_000;
  private static final int SIGN_INS = 6;

  private final Http http;
  private final CityScheduler scheduler;
  private final Object agent;
  private final Random random;
  private final Supplier<Request> signIn;
  private final Consumer<String> troubles;
  private String token;

  /**
   * @param agent whose calls they are
   * @param random of the agent, for spreading repeats
   * @param signIn the call that answers with an {@code accessToken}
   * @param troubles is told of each answer that has to be asked for again
   */
  public Caller(
      Http http,
      CityScheduler scheduler,
      Object agent,
      Random random,
      Supplier<Request> signIn,
      Consumer<String> troubles) {
    this.http = http;
    this.scheduler = scheduler;
    this.agent = agent;
    this.random = random;
    this.signIn = signIn;
    this.troubles = troubles;
  }

  /** The access token in use, or null before the first call. */
  public String token() {
    return token;
  }

  /** Forgets the token; the next call signs in. */
  public void signOut() {
    token = null;
  }

  /** Calls until there is an answer that will not change, then hands it over. */
  public void call(Request request, Consumer<Reply> then) {
    attempt(request, then, 0, SIGN_INS);
  }

  /** Calls once; for what the next call makes up for, such as positions. */
  public void callOnce(Request request, Consumer<Reply> then) {
    if (token == null) {
      withToken(() -> callOnce(request, then), 0);
      return;
    }
    http.send(request, token)
        .thenAccept(
            reply ->
                scheduler.soon(
                    agent,
                    () -> {
                      if (reply.status() == 401) {
                        token = null;
                      }
                      then.accept(reply);
                    }));
  }

  /** Signs in if need be. */
  public void withToken(Runnable then, int attempts) {
    if (token != null) {
      then.run();
      return;
    }
    http.send(signIn.get(), null)
        .thenAccept(
            reply ->
                scheduler.soon(
                    agent,
                    () -> {
                      if (reply.ok()) {
                        token = reply.body().path("accessToken").asText();
                        then.run();
                      } else {
                        troubles.accept("sign-in: " + reply.text());
                        scheduler.afterWall(
                            agent, pause(reply, attempts), () -> withToken(then, attempts + 1));
                      }
                    }));
  }

  private void attempt(Request request, Consumer<Reply> then, int attempts, int signIns) {
    if (token == null) {
      withToken(() -> attempt(request, then, attempts, signIns), 0);
      return;
    }
    String used = token;
    http.send(request, used)
        .thenAccept(
            reply ->
                scheduler.soon(
                    agent, () -> answered(request, then, attempts, signIns, used, reply)));
  }

  private void answered(
      Request request, Consumer<Reply> then, int attempts, int signIns, String used, Reply reply) {
    if (reply.status() == 401 && signIns > 0) {
      // A token made before a restart, or one that ran out: a new one, and again.
      token = used.equals(token) ? null : token;
      attempt(request, then, attempts, signIns - 1);
    } else if (reply.passing()) {
      troubles.accept(request.method() + " " + path(request) + ": " + reply.text());
      scheduler.afterWall(
          agent, pause(reply, attempts), () -> attempt(request, then, attempts + 1, signIns));
    } else {
      then.accept(reply);
    }
  }

  private static String path(Request request) {
    int slashes = request.url().indexOf("//");
    int path = request.url().indexOf('/', slashes + 2);
    return path < 0 ? request.url() : request.url().substring(path);
  }

  private long pause(Reply reply, int attempts) {
    long doubled = FIRST_WAIT_MILLIS << Math.min(attempts, 6);
    long wait = Math.min(LONGEST_WAIT_MILLIS, Math.max(doubled, reply.retryAfterSeconds() * 1000L));
    return wait / 2 + (long) (wait * random.nextDouble());
  }
}
