package org.shanpai.order.merchant;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.shanpai.chassis.IdSource;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.identity.Secrets;
import org.shanpai.chassis.identity.TokenIssuer;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.messaging.Tx;

/** How merchants come in: one by one or by file, and how their systems sign in afterwards. */
@ApplicationScoped
public class Onboarding {

  /** The claim of tokens that make sandbox orders only. */
  public static final String SANDBOX_CLAIM = "sandbox";

  private static final String KEY = "c";
  private static final String SANDBOX_KEY = "test";

  private final Tx tx;
  private final Merchants merchants;
  private final TokenIssuer tokens;
  private final IdSource ids;
  private final WallClock wall;
  private final MerchantSettings settings;

  // Compared against when there is no such client, so that both refusals take the same time.
  private final String nobodysHash = Secrets.hash(Secrets.newSecret());

  Onboarding(
      Tx tx,
      Merchants merchants,
      TokenIssuer tokens,
      IdSource ids,
      WallClock wall,
      MerchantSettings settings) {
    this.tx = tx;
    this.merchants = merchants;
    this.tokens = tokens;
    this.ids = ids;
    this.wall = wall;
    this.settings = settings;
  }

  /**
   * A merchant taken in.
   *
   * @param clientSecret only when it was created just now; it is never told again
   */
  public record TakenIn(Merchant merchant, String clientSecret) {
    public boolean created() {
      return clientSecret != null;
    }
  }

  /**
   * @param accessToken signed by this service, role merchant, subject = merchant's id
   */
  public record Access(String accessToken, long expiresInSeconds) {}

  /**
   * What became of one line of a file.
   *
   * @param line counted from 1, the heading is line 1
   * @param reason why it was refused, else null
   * @param taken what was taken in, null when refused
   */
  public record LineReport(int line, String reason, TakenIn taken) {}

  /** Creates a merchant, or renames the one there is. */
  public Uni<TakenIn> takeIn(MerchantId id, String name) {
    return takeIn(id, name, null);
  }

  /**
   * Creates a merchant, or renames the one there is.
   *
   * @param sandboxOnly whether its keys make sandbox orders only, told by their prefix and so never
   *     changed; null for no, and for whatever the one there is was taken in as
   * @throws Problem 409 {@code merchant-kind-fixed}
   */
  public Uni<TakenIn> takeIn(MerchantId id, String name, Boolean sandboxOnly) {
    String secret = Secrets.newSecret();
    boolean rehearses = Boolean.TRUE.equals(sandboxOnly);
    String clientId = ids.next(rehearses ? SANDBOX_KEY : KEY);
    Merchant fresh = new Merchant(id, name, rehearses, clientId, secret, wall.now());
    return tx.write(
        () ->
            merchants
                .insert(fresh)
                .chain(
                    created ->
                        created
                            ? Uni.createFrom().item(new TakenIn(fresh, secret))
                            : merchants
                                .find(id)
                                .map(
                                    known -> {
                                      Merchant merchant = known.orElseThrow();
                                      if (sandboxOnly != null
                                          && sandboxOnly != merchant.sandboxOnly()) {
                                        throw kindFixed(id);
                                      }
                                      merchant.rename(name);
                                      return new TakenIn(merchant, null);
                                    })));
  }

  /** Takes in every good line of a file; a bad one stops nobody else. */
  public Uni<List<LineReport>> takeIn(List<MerchantFile.Line> lines) {
    return Multi.createFrom()
        .iterable(lines)
        .onItem()
        .transformToUniAndConcatenate(
            line ->
                line.refused()
                    ? Uni.createFrom().item(new LineReport(line.number(), line.reason(), null))
                    : takeIn(line.merchantId(), line.name())
                        .map(taken -> new LineReport(line.number(), null, taken)))
        .collect()
        .asList();
  }

  /**
   * Exchanges a client's credentials for a token.
   *
   * @throws Problem 401, the same whether the client or the secret is wrong
   */
  public Uni<Access> signIn(String clientId, String clientSecret) {
    return known(clientId, clientSecret)
        .map(
            merchant -> {
              String token =
                  tokens.issue(
                      merchant.id().value(),
                      Set.of(Roles.MERCHANT),
                      settings.tokenLife(),
                      claims(merchant));
              return new Access(token, settings.tokenLife().toSeconds());
            });
  }

  /**
   * The merchant with these credentials.
   *
   * @throws Problem 401, the same whether the client or the secret is wrong
   */
  public Uni<Merchant> known(String clientId, String clientSecret) {
    return tx.read(() -> merchants.findByClient(clientId))
        .map(
            found -> {
              boolean good =
                  found
                      .map(merchant -> merchant.hasSecret(clientSecret))
                      .orElseGet(() -> Secrets.matches(clientSecret, nobodysHash));
              if (!good) {
                throw Problem.unauthorized("The client id or its secret is wrong.");
              }
              return found.orElseThrow();
            });
  }

  /**
   * @throws Problem 403 when it has not been taken in here
   */
  public Uni<Merchant> get(MerchantId id) {
    return tx.read(() -> merchants.find(id)).map(found -> found.orElseThrow(() -> unknown(id)));
  }

  /**
   * Gives a merchant a new secret; the old one is no longer good.
   *
   * @throws Problem 403 when it has not been taken in here
   */
  public Uni<TakenIn> renewSecret(MerchantId id) {
    String secret = Secrets.newSecret();
    return tx.write(
        () ->
            merchants
                .find(id)
                .map(
                    found -> {
                      Merchant merchant = found.orElseThrow(() -> unknown(id));
                      merchant.renewSecret(secret);
                      return new TakenIn(merchant, secret);
                    }));
  }

  /** What every token of the merchant's says besides whose it is. */
  public static Map<String, Object> claims(Merchant merchant) {
    return merchant.sandboxOnly() ? Map.of(SANDBOX_CLAIM, true) : Map.of();
  }

  private static Problem kindFixed(MerchantId id) {
    return Problem.conflict(
        "merchant-kind-fixed",
        "sandboxOnly",
        "The merchant "
            + id
            + " was taken in otherwise, and its keys say so; take in another one for that.");
  }

  private static Problem unknown(MerchantId id) {
    return Problem.forbidden("The merchant " + id + " has not been taken in here.");
  }
}
