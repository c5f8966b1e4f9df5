package org.shanpai.chassis;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;

/** Settings every service shares. */
@ConfigMapping(prefix = "shanpai")
public interface ShanpaiConfig {

  /** {@code local} or {@code production}; production refuses whatever is only fit for a demo. */
  Mode mode();

  /** The city this installation serves. */
  CitySettings city();

  /** The city's clock. */
  CityClockSettings cityClock();

  /** Where signing keys live. */
  KeySettings keys();

  /** How callers prove who they are. */
  AuthSettings auth();

  /** How often one caller may call. */
  RateLimitSettings rateLimit();

  /** What tests of the whole need to see. */
  ProbeSettings probe();

  /** See {@link #mode()}. */
  enum Mode {
    LOCAL,
    PRODUCTION
  }

  /** The city served. */
  interface CitySettings {
    /** Its id, carried by every event. */
    String id();

    /** Its time zone: a business date is the city's. */
    ZoneId zone();
  }

  /** See {@link org.shanpai.contracts.time.CityClock.Anchor#parse}. */
  interface CityClockSettings {
    /** {@code wallMillis,cityMillis,speed}; empty for real time. */
    Optional<String> anchor();
  }

  /** Signing keys. */
  interface KeySettings {
    /** Folder with {@code <issuer>.private.pem} (mode 0600) and {@code <issuer>.public.pem}. */
    Path dir();
  }

  /** Authentication. */
  interface AuthSettings {
    /** Whether the session cookie is taken beside the bearer header (pages only). */
    @WithDefault("false")
    boolean cookie();

    /**
     * The cookie's name. Browsers keep cookies by host whatever the port, so services that serve
     * pages on one host need names of their own.
     */
    @WithDefault("shanpai_session")
    String cookieName();
  }

  /** See {@link org.shanpai.chassis.openapi.ReachedHeader}. */
  interface ProbeSettings {
    /** Whether answers say which endpoint made them; never in production. */
    @WithDefault("false")
    boolean reached();
  }

  /** Token bucket of one caller. */
  interface RateLimitSettings {
    /** Requests a second, refilled evenly. */
    int perSecond();

    /** Requests that may come at once. */
    int burst();
  }
}
