package org.shanpai.chassis.identity;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * A token whose signature, issuer, audience, life and roles were checked.
 *
 * @param roles only those its issuer may give
 * @param expiresAt wall time
 */
public record VerifiedToken(
    String issuer,
    String subject,
    Set<String> roles,
    Instant expiresAt,
    Map<String, Object> claims) {}
