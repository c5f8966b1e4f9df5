package org.shanpai.city.agents;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;
import org.shanpai.city.api.Caller;
import org.shanpai.city.api.Request;
import org.shanpai.city.plan.Courier;
import org.shanpai.city.schedule.CityScheduler;

/**
 * Looks every city minute how far the platform believes riders: those who cheat, and as many who do
 * not; and whom it gives no offers because of their phones. Steps of its own agent.
 */
public final class TrustWatch {

  private static final long EVERY_MILLIS = 60_000;
  private static final int FULL = 100;

  /** Honest riders looked at beside the cheats, at least. */
  private static final int HONEST = 5;

  /** Below it a rider counts as doubted. */
  private static final int DOUBTED = 60;

  private final World world;
  private final CityScheduler scheduler;
  private final Caller caller;
  private final List<Courier> watched = new ArrayList<>();
  private final Map<String, Integer> lowest = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> withoutOffers = new ConcurrentHashMap<>();

  TrustWatch(World world, Supplier<Request> signIn) {
    this.world = world;
    this.scheduler = world.scheduler();
    this.caller =
        new Caller(
            world.http(),
            scheduler,
            this,
            world.chanceOf("trust watch"),
            signIn,
            world.log()::trouble);
    List<Courier> couriers = world.plan().couriers();
    couriers.stream().filter(c -> c.phone().cheats()).forEach(watched::add);
    couriers.stream()
        .filter(c -> !c.phone().cheats())
        .limit(Math.max(HONEST, watched.size()))
        .forEach(watched::add);
  }

  /**
   * What it has seen.
   *
   * @param cheats riders who cheat and whose position was ever told
   * @param cheatsDoubted of them, those whose trust fell below 60
   * @param cheatsLowest the median of the lowest trust of each; 100 without any
   * @param honest riders who do not and were looked at
   * @param honestDoubted of them, those whose trust fell below 60 all the same
   * @param withoutOffers riders who were ever without offers because of their phones, by reason
   */
  public record Seen(
      int cheats,
      int cheatsDoubted,
      int cheatsLowest,
      int honest,
      int honestDoubted,
      Map<String, Integer> withoutOffers) {}

  /** Looks from now on; calls that fail are left for the next look. */
  public void begin() {
    scheduler.after(this, EVERY_MILLIS, this::look);
  }

  private void look() {
    // One sign-in for all of them: many at once look like somebody trying passwords.
    caller.withToken(this::ask, 0);
    scheduler.after(this, EVERY_MILLIS, this::look);
  }

  private void ask() {
    for (Courier courier : watched) {
      caller.callOnce(
          Request.get(world.endpoints().geo() + "/v1/riders/" + courier.riderId() + "/position"),
          reply -> {
            JsonNode trust = reply.body().path("trust");
            if (reply.ok() && trust.isNumber()) {
              lowest.merge(courier.riderId(), trust.asInt(), Math::min);
            }
          });
    }
    caller.callOnce(
        Request.get(world.endpoints().dispatch() + "/v1/riders/without-offers"),
        reply -> {
          if (reply.ok()) {
            for (JsonNode one : reply.body()) {
              withoutOffers
                  .computeIfAbsent(
                      one.path("reason").asText("?"), any -> new ConcurrentSkipListSet<>())
                  .add(one.path("riderId").asText());
            }
          }
        });
  }

  /** As of now; to be asked from any thread. */
  public Seen seen() {
    List<Integer> cheats = lowest(true);
    List<Integer> honest = lowest(false);
    Map<String, Integer> without = new TreeMap<>();
    withoutOffers.forEach((reason, riders) -> without.put(reason, riders.size()));
    return new Seen(
        cheats.size(),
        (int) cheats.stream().filter(trust -> trust < DOUBTED).count(),
        cheats.isEmpty() ? FULL : cheats.get(cheats.size() / 2),
        honest.size(),
        (int) honest.stream().filter(trust -> trust < DOUBTED).count(),
        without);
  }

  private List<Integer> lowest(boolean cheats) {
    return watched.stream()
        .filter(c -> c.phone().cheats() == cheats && lowest.containsKey(c.riderId()))
        .map(c -> lowest.get(c.riderId()))
        .sorted()
        .toList();
  }
}
