package org.shanpai.chassis.identity;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;
import org.shanpai.contracts.time.WallClock;

/**
 * Signs tokens in the name of one issuer (ES256). Lives on wall time. Thread-safe.
 *
 * <p>The audience of users' tokens is {@link #USERS}; of a service's token, the service called.
 */
public class TokenIssuer {

  /** Audience of tokens held by merchants, riders and operators: good at every service. */
  public static final String USERS = "shanpai";

  private final String issuer;
  private final PrivateKey key;
  private final WallClock wall;

  /**
   * @param keysDir made, with a fresh key pair, when there is none
   */
  public TokenIssuer(String issuer, Path keysDir, WallClock wall) {
    this.issuer = issuer;
    this.key = IssuerKeys.signingKey(issuer, keysDir);
    this.wall = wall;
  }

  /** A token for a user of this issuer. */
  public String issue(
      String subject, Set<String> roles, Duration life, Map<String, Object> claims) {
    return sign(USERS, subject, roles, life, claims);
  }

  /** A token with which this service calls another one for an actor. */
  public String issueForService(String audience, String actor, Duration life) {
    return sign(
        audience,
        issuer,
        Set.of(Roles.SERVICE),
        life,
        actor == null ? Map.of() : Map.of("act", actor));
  }

  private String sign(
      String audience,
      String subject,
      Set<String> roles,
      Duration life,
      Map<String, Object> claims) {
    Instant now = wall.now();
    JwtClaims body = new JwtClaims();
    claims.forEach(body::setClaim);
    body.setIssuer(issuer);
    body.setSubject(subject);
    body.setAudience(audience);
    body.setStringListClaim("groups", List.copyOf(roles));
    body.setIssuedAt(NumericDate.fromMilliseconds(now.toEpochMilli()));
    body.setExpirationTime(NumericDate.fromMilliseconds(now.plus(life).toEpochMilli()));
    body.setGeneratedJwtId(12);
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(body.toJson());
    signature.setKey(key);
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("Signing a token of " + issuer + " failed.", e);
    }
  }
}
