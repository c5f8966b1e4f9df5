package org.shanpai.chassis.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.JoseException;
import org.shanpai.contracts.time.WallClock;

/**
 * Checks tokens of the three user issuers and of services against the issuers' own keys. A role
 * counts only from its issuer; a service's token only at the service it names. Thread-safe.
 */
public class TokenVerifier {

  private static final AlgorithmConstraints ES256_ONLY =
      new AlgorithmConstraints(
          ConstraintType.PERMIT, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);

  private final String self;
  private final Path keysDir;
  private final WallClock wall;

  // An EC verification costs more than most requests; a token is checked once, then only its age.
  private final Cache<String, VerifiedToken> verified =
      Caffeine.newBuilder().maximumSize(50_000).expireAfterWrite(Duration.ofMinutes(5)).build();
  private final Cache<String, PublicKey> keys =
      Caffeine.newBuilder().expireAfterWrite(Duration.ofSeconds(30)).build();

  /**
   * @param self the audience under which services call this one
   */
  public TokenVerifier(String self, Path keysDir, WallClock wall) {
    this.self = self;
    this.keysDir = keysDir;
    this.wall = wall;
  }

  /** The token's content when it is good here and now, else empty. */
  public Optional<VerifiedToken> verify(String token) {
    VerifiedToken known = verified.getIfPresent(token);
    if (known == null) {
      known = check(token);
      if (known == null) {
        return Optional.empty();
      }
      verified.put(token, known);
    }
    return known.expiresAt().isAfter(wall.now()) ? Optional.of(known) : Optional.empty();
  }

  private VerifiedToken check(String token) {
    try {
      JsonWebSignature signature = new JsonWebSignature();
      signature.setAlgorithmConstraints(ES256_ONLY);
      signature.setCompactSerialization(token);
      String claimed = JwtClaims.parse(signature.getUnverifiedPayload()).getIssuer();
      Set<String> allowed = claimed == null ? null : Roles.BY_ISSUER.get(claimed);
      if (allowed == null) {
        return null;
      }
      PublicKey key = keys.get(claimed, issuer -> IssuerKeys.verificationKey(issuer, keysDir));
      if (key == null) {
        return null;
      }
      signature.setKey(key);
      if (!signature.verifySignature()) {
        return null;
      }
      JwtClaims claims = JwtClaims.parse(signature.getPayload());
      Set<String> roles = new HashSet<>(claims.getStringListClaimValue("groups"));
      roles.retainAll(allowed);
      List<String> audience = claims.getAudience();
      boolean forUsHere =
          roles.contains(Roles.SERVICE)
              ? audience.contains(self)
              : audience.contains(TokenIssuer.USERS);
      if (!forUsHere || claims.getExpirationTime() == null || claims.getSubject() == null) {
        return null;
      }
      return new VerifiedToken(
          claimed,
          claims.getSubject(),
          Set.copyOf(roles),
          Instant.ofEpochMilli(claims.getExpirationTime().getValueInMillis()),
          claims.getClaimsMap());
    } catch (JoseException | InvalidJwtException | MalformedClaimException malformed) {
      return null;
    } catch (RuntimeException unreadable) {
      // jose4j lets some malformed inputs escape as runtime exceptions; to a caller both are a 401.
      return null;
    }
  }
}
