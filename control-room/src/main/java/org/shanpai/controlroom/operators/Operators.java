package org.shanpai.controlroom.operators;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.shanpai.chassis.identity.Passwords;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.identity.Secrets;
import org.shanpai.chassis.identity.TokenIssuer;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.controlroom.operators.postgres.OperatorRows;
import org.shanpai.messaging.Tx;

/** Who may work here: the first one by a printed code, everybody else by a manager. */
@ApplicationScoped
public class Operators {

  private static final Logger LOG = Logger.getLogger(Operators.class);

  private static final Set<String> KNOWN_ROLES =
      Set.of(Roles.VIEWER, Roles.DISPATCHER, Roles.STATION_MANAGER, Roles.MANAGER);

  /** Matched when there is no such user, so that the answer takes as long. */
  private static final String NOBODY = Passwords.hash("nobody");

  private final Tx tx;
  private final OperatorRows rows;
  private final SignInLimit limit;
  private final TokenIssuer tokens;
  private final OperatorConfig config;
  private final HashingPool hashing;
  private final String givenCode;

  public Operators(
      Tx tx,
      OperatorRows rows,
      SignInLimit limit,
      TokenIssuer tokens,
      OperatorConfig config,
      HashingPool hashing,
      @ConfigProperty(name = "shanpai.first-operator-code") java.util.Optional<String> givenCode) {
    this.tx = tx;
    this.rows = rows;
    this.limit = limit;
    this.tokens = tokens;
    this.config = config;
    this.hashing = hashing;
    this.givenCode = givenCode.filter(code -> !code.isBlank()).orElse(null);
  }

  /** While there is nobody, makes a code by which the first operator can come in. */
  void invite(@Observes StartupEvent start) {
    String code = givenCode == null ? Secrets.newCode(12) : givenCode;
    boolean invited =
        tx.await(
            () ->
                tx.write(
                    () ->
                        rows.count()
                            .flatMap(
                                operators ->
                                    operators > 0
                                        ? Uni.createFrom().item(false)
                                        : rows.addFirstCode(Secrets.hash(code))
                                            .replaceWith(true))));
    if (invited && givenCode == null) {
      LOG.infof(
          "There is no operator yet. The one-time code for the first one is %s; it is good until it"
              + " is used.",
          code);
    } else if (invited) {
      LOG.info("There is no operator yet. The first one comes in by the code that was given.");
    }
  }

  /**
   * Makes the first operator, a manager.
   *
   * @throws Problem 401 for a wrong code; 409 when somebody was first; 429 after too many tries;
   *     503 when too many are at it
   */
  public Uni<Session> first(String code, String username, String password, String address) {
    return hashing
        .run(() -> limit.attempt("first", address), tried -> Passwords.hash(password))
        .chain(
            hash ->
                tx.write(
                    () ->
                        rows.lockFirst()
                            .chain(rows::count)
                            .flatMap(
                                operators -> {
                                  if (operators > 0) {
                                    throw Problem.conflict(
                                        "first-operator-exists",
                                        "There is an operator already; ask a manager.");
                                  }
                                  return rows.takeFirstCode(Secrets.hash(code));
                                })
                            .flatMap(
                                taken -> {
                                  if (!taken) {
                                    throw Problem.unauthorized("The code is not right.");
                                  }
                                  return rows.add(
                                      new Operator(username, Set.of(Roles.MANAGER)),
                                      hash,
                                      "first-operator-code");
                                })))
        .call(() -> limit.forget("first", address))
        .map(added -> begin(new Operator(username, Set.of(Roles.MANAGER))));
  }

  /**
   * Signs in.
   *
   * @throws Problem 401 for a wrong name or password, without saying which; 429 after too many; 503
   *     when too many are at it
   */
  public Uni<Session> signIn(String username, String password, String address) {
    // The place comes first: who is turned away for want of one has not failed to sign in.
    return hashing
        .run(
            () -> limit.attempt(username, address).chain(() -> tx.read(() -> rows.find(username))),
            found -> {
              boolean matches = Passwords.matches(password, found == null ? NOBODY : found.hash());
              if (!matches || found == null) {
                throw Problem.unauthorized("The user name or the password is wrong.");
              }
              return found.operator();
            })
        .call(() -> limit.forget(username, address))
        .map(this::begin);
  }

  /**
   * Hashes a password away from the event loop.
   *
   * @throws Problem 503 when too many are at it
   */
  public Uni<String> hash(String password) {
    return hashing.run(() -> Uni.createFrom().voidItem(), nothing -> Passwords.hash(password));
  }

  /**
   * Adds an operator; inside a transaction.
   *
   * @throws Problem 409 when the name is taken
   */
  public Uni<Operator> add(Operator operator, String passwordHash, String by) {
    return rows.add(operator, passwordHash, by)
        .map(
            added -> {
              if (!added) {
                throw Problem.conflict(
                    "username-taken", "username", "There is an operator of that name.");
              }
              return operator;
            });
  }

  public Uni<List<Operator>> list() {
    return tx.read(rows::list);
  }

  /**
   * @throws Problem 422 naming the role there is not
   */
  public static void checkRoles(Set<String> roles) {
    for (String role : roles) {
      if (!KNOWN_ROLES.contains(role)) {
        throw Problem.unprocessable("roles", "There is no operator's role " + role + ".");
      }
    }
  }

  private Session begin(Operator operator) {
    String csrf = Secrets.newSecret();
    String token =
        tokens.issue(
            operator.username(), operator.roles(), config.sessionLife(), Map.of("csrf", csrf));
    return new Session(operator, token, csrf, config.sessionLife());
  }
}
