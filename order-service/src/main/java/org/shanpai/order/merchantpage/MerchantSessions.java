package org.shanpai.order.merchantpage;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.identity.Secrets;
import org.shanpai.chassis.identity.TokenIssuer;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.messaging.Tx;
import org.shanpai.order.merchant.Merchant;
import org.shanpai.order.merchant.MerchantSettings;
import org.shanpai.order.merchant.Onboarding;

/**
 * Sessions of the merchants' page. A session is a token with a {@code csrf} claim, held by the
 * browser in a cookie out of reach of scripts; signed out, it is refused everywhere within seconds.
 */
@ApplicationScoped
public class MerchantSessions {

  /** How late another process may hear of a sign-out. */
  private static final Duration BELIEVED = Duration.ofSeconds(5);

  /**
   * A session just begun.
   *
   * @param csrf what the page repeats in a header with every change
   */
  public record Begun(Merchant merchant, String token, String csrf, Duration life) {}

  private final Tx tx;
  private final Onboarding onboarding;
  private final TokenIssuer tokens;
  private final MerchantSettings settings;
  private final EndedSessions ended;
  private final WallClock wall;
  private final Cache<String, Boolean> lately =
      Caffeine.newBuilder().maximumSize(20_000).expireAfterWrite(BELIEVED).build();

  MerchantSessions(
      Tx tx,
      Onboarding onboarding,
      TokenIssuer tokens,
      MerchantSettings settings,
      EndedSessions ended,
      WallClock wall) {
    this.tx = tx;
    this.onboarding = onboarding;
    this.tokens = tokens;
    this.settings = settings;
    this.ended = ended;
    this.wall = wall;
  }

  /**
   * @throws org.shanpai.chassis.problem.Problem 401 when the client or its secret is wrong
   */
  public Uni<Begun> begin(String clientId, String clientSecret) {
    return onboarding
        .known(clientId, clientSecret)
        .map(
            merchant -> {
              String csrf = Secrets.newSecret();
              Map<String, Object> claims = new HashMap<>(Onboarding.claims(merchant));
              claims.put("csrf", csrf);
              return new Begun(
                  merchant,
                  tokens.issue(
                      merchant.id().value(), Set.of(Roles.MERCHANT), settings.tokenLife(), claims),
                  csrf,
                  settings.tokenLife());
            });
  }

  /** Who that is. */
  public Uni<Merchant> who(MerchantId id) {
    return onboarding.get(id);
  }

  /**
   * @param sessionId the token's {@code jti}
   */
  public Uni<Void> end(String sessionId, Instant expiresAt) {
    lately.put(sessionId, true);
    return tx.write(() -> ended.add(sessionId, expiresAt, wall.now()));
  }

  /** Whether a session was signed out. */
  public Uni<Boolean> isEnded(String sessionId) {
    Boolean known = lately.getIfPresent(sessionId);
    return known != null
        ? Uni.createFrom().item(known)
        : tx.read(() -> ended.has(sessionId)).invoke(gone -> lately.put(sessionId, gone));
  }
}
