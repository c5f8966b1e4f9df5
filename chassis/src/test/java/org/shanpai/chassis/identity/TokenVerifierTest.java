package org.shanpai.chassis.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shanpai.contracts.time.WallClock;

class TokenVerifierTest {

  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path keys;

  private final WallClock wall = new WallClock(Clock.fixed(NOW, ZoneOffset.UTC));

  private TokenIssuer issuer(String name) {
    return new TokenIssuer(name, keys, wall);
  }

  private TokenVerifier at(String service) {
    return new TokenVerifier(service, keys, wall);
  }

  @Test
  void ridersTokenIsGoodAtEveryService() {
    String token = issuer("rider-service").issue("r-1", Set.of(Roles.RIDER), LIFE, Map.of("a", 1));
    for (String service : Roles.BY_ISSUER.keySet()) {
      VerifiedToken verified = at(service).verify(token).orElseThrow();
      assertThat(verified.subject()).isEqualTo("r-1");
      assertThat(verified.roles()).containsExactly(Roles.RIDER);
      assertThat(verified.claims()).containsKey("a");
    }
  }

  @Test
  void roleCountsOnlyFromItsIssuer() {
    String token =
        issuer("rider-service")
            .issue("r-1", Set.of(Roles.RIDER, Roles.MANAGER, Roles.MERCHANT), LIFE, Map.of());
    assertThat(at("order-service").verify(token).orElseThrow().roles())
        .containsExactly(Roles.RIDER);
  }

  @Test
  void tokenSignedWithAnotherIssuersKeyIsRefused() throws Exception {
    issuer("control-room");
    issuer("rider-service");
    String genuine = issuer("rider-service").issue("r-1", Set.of(Roles.RIDER), LIFE, Map.of());
    Files.copy(
        keys.resolve("control-room.public.pem"),
        keys.resolve("rider-service.public.pem"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThat(at("geo-service").verify(genuine)).isEmpty();
  }

  @Test
  void serviceTokenIsGoodOnlyAtItsAudience() {
    String token = issuer("rider-service").issueForService("dispatch-service", "r-1", LIFE);
    assertThat(at("dispatch-service").verify(token).orElseThrow().claims())
        .containsEntry("act", "r-1");
    assertThat(at("order-service").verify(token)).isEmpty();
  }

  @Test
  void expiredTokenIsRefusedEvenAfterItWasGood() {
    String token = issuer("rider-service").issue("r-1", Set.of(Roles.RIDER), LIFE, Map.of());
    WallClock later = new WallClock(Clock.fixed(NOW.plus(LIFE).plusSeconds(1), ZoneOffset.UTC));
    assertThat(at("geo-service").verify(token)).isPresent();
    assertThat(new TokenVerifier("geo-service", keys, later).verify(token)).isEmpty();
  }

  @Test
  void unknownIssuersAndUnsignedTextAreRefused() {
    String stranger = issuer("somebody").issue("x", Set.of(Roles.MANAGER), LIFE, Map.of());
    assertThat(at("geo-service").verify(stranger)).isEmpty();
    String none =
        "eyJhbGciOiJub25lIn0."
            + "eyJpc3MiOiJjb250cm9sLXJvb20iLCJzdWIiOiJ4IiwiYXVkIjoic2hhbnBhaSJ9.";
    for (String bad : new String[] {none, "", "a.b.c", "…", stranger + "x"}) {
      assertThat(at("geo-service").verify(bad)).isEmpty();
    }
  }

  @Test
  void privateKeysAreForTheirOwnerOnlyAndStay() throws Exception {
    String before = issuer("order-service").issue("m-1", Set.of(Roles.MERCHANT), LIFE, Map.of());
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(keys.resolve("order-service.private.pem"))))
        .isEqualTo("rw-------");
    issuer("order-service");
    assertThat(at("geo-service").verify(before)).isPresent();
  }
}
