package org.shanpai.chassis.identity;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import java.util.Set;

/** Who makes the present request. */
@RequestScoped
public class CurrentCaller {

  private final SecurityIdentity identity;

  public CurrentCaller(SecurityIdentity identity) {
    this.identity = identity;
  }

  public boolean anonymous() {
    return identity.isAnonymous();
  }

  /** The merchant's, rider's or operator's id; for a service, its name. */
  public String subject() {
    return identity.isAnonymous() ? null : identity.getPrincipal().getName();
  }

  /** The issuer of the token; null when anonymous. */
  public String issuer() {
    VerifiedToken token = token();
    return token == null ? null : token.issuer();
  }

  public Set<String> roles() {
    return identity.getRoles();
  }

  public boolean has(String role) {
    return identity.hasRole(role);
  }

  /** For whom a service calls, such as {@code r-17}; null when it calls for itself. */
  public String actor() {
    Object actor = claim("act");
    return actor == null ? null : actor.toString();
  }

  /** A claim of the token, or null. */
  public Object claim(String name) {
    VerifiedToken token = token();
    return token == null ? null : token.claims().get(name);
  }

  private VerifiedToken token() {
    return identity.getAttribute(TokenMechanism.TOKEN_ATTRIBUTE);
  }
}
