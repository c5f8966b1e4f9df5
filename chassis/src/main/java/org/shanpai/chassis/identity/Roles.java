package org.shanpai.chassis.identity;

import java.util.Map;
import java.util.Set;

/** Who may call, and which issuer may say so. */
public final class Roles {

  public static final String MERCHANT = "merchant";
  public static final String RIDER = "rider";
  public static final String VIEWER = "viewer";
  public static final String DISPATCHER = "dispatcher";
  public static final String STATION_MANAGER = "station-manager";
  public static final String MANAGER = "manager";

  /** Another service, acting for the actor its token names. */
  public static final String SERVICE = "service";

  /** A role counts only from its issuer. */
  static final Map<String, Set<String>> BY_ISSUER =
      Map.of(
          "order-service", Set.of(MERCHANT, SERVICE),
          "rider-service", Set.of(RIDER, SERVICE),
          "control-room", Set.of(VIEWER, DISPATCHER, STATION_MANAGER, MANAGER, SERVICE),
          "dispatch-service", Set.of(SERVICE),
          "geo-service", Set.of(SERVICE));

  private Roles() {}
}
