package org.shanpai.chassis.identity;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import org.shanpai.chassis.ShanpaiConfig;

/**
 * Reads the bearer header, or, where a service serves pages, the session cookie. With the cookie, a
 * request that changes something must repeat the token's {@code csrf} claim in the header {@code
 * X-Shanpai-Csrf}.
 */
@ApplicationScoped
public class TokenMechanism implements HttpAuthenticationMechanism {

  /** The cookie's usual name; see {@code shanpai.auth.cookie-name}. */
  public static final String COOKIE = "shanpai_session";

  public static final String CSRF_HEADER = "X-Shanpai-Csrf";
  static final String TOKEN_ATTRIBUTE = "shanpai.token";

  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final TokenVerifier verifier;
  private final boolean cookies;
  private final String cookieName;

  public TokenMechanism(TokenVerifier verifier, ShanpaiConfig config) {
    this.verifier = verifier;
    this.cookies = config.auth().cookie();
    this.cookieName = config.auth().cookieName();
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext request, IdentityProviderManager identities) {
    String header = request.request().getHeader("Authorization");
    if (header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return identify(verifier.verify(header.substring(7).trim()));
    }
    if (cookies) {
      Cookie cookie = request.request().getCookie(cookieName);
      if (cookie != null) {
        Optional<VerifiedToken> token = verifier.verify(cookie.getValue());
        if (token.isEmpty()) {
          // An old cookie is as good as none: the page's own sign-in must stay reachable.
          return Uni.createFrom().nullItem();
        }
        if (!SAFE.contains(request.request().method()) && !csrfMatches(request, token.get())) {
          return Uni.createFrom().nullItem();
        }
        return identify(token);
      }
    }
    return Uni.createFrom().nullItem();
  }

  private static boolean csrfMatches(RoutingContext request, VerifiedToken token) {
    Object expected = token.claims().get("csrf");
    String given = request.request().getHeader(CSRF_HEADER);
    return expected != null
        && given != null
        && MessageDigest.isEqual(expected.toString().getBytes(), given.getBytes());
  }

  private static Uni<SecurityIdentity> identify(Optional<VerifiedToken> verified) {
    if (verified.isEmpty()) {
      return Uni.createFrom().failure(new AuthenticationFailedException("token refused"));
    }
    VerifiedToken token = verified.get();
    return Uni.createFrom()
        .item(
            QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(token.subject()))
                .addRoles(token.roles())
                .addAttribute(TOKEN_ATTRIBUTE, token)
                .build());
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext request) {
    return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"));
  }

  @Override
  public Uni<Boolean> sendChallenge(RoutingContext request) {
    request
        .response()
        .setStatusCode(401)
        .putHeader("WWW-Authenticate", "Bearer")
        .putHeader("Content-Type", "application/problem+json")
        .end(
            new JsonObject()
                .put("type", "urn:shanpai:problem:unauthorized")
                .put("title", "Unauthorized")
                .put("status", 401)
                .put("detail", "The token is not valid here, or no longer.")
                .encode());
    return Uni.createFrom().item(true);
  }
}
