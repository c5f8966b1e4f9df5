package org.shanpai.city.agents;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who signs in with what. Secrets are told once, at the onboarding, so they are kept for a later
 * run on the same data.
 *
 * @param clients by merchant
 * @param riders secret by rider
 */
public record Logins(Map<String, Client> clients, Map<String, String> riders) {

  /** A merchant's credentials. */
  public record Client(String clientId, String clientSecret) {}

  public Logins {
    clients = new ConcurrentHashMap<>(clients == null ? Map.of() : clients);
    riders = new ConcurrentHashMap<>(riders == null ? Map.of() : riders);
  }

  public static Logins none() {
    return new Logins(Map.of(), Map.of());
  }
}
