package org.shanpai.city.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who has a place in the run's campaign and who waits, by what riders are told; against what the
 * campaign itself tells. Thread-safe.
 */
public final class Places {

  private final Map<String, JsonNode> standing = new TreeMap<>();
  private int places;
  private int used;
  private int slotPlaces;
  private int slotTaken;

  /** How a rider's sign-up stands. */
  public synchronized void stands(String rider, JsonNode enrolment) {
    standing.put(rider, enrolment);
  }

  /** How the campaign stands. */
  public synchronized void campaign(int places, int used) {
    this.places = places;
    this.used = used;
  }

  /** How the slot stands. */
  public synchronized void slot(int places, int taken) {
    this.slotPlaces = places;
    this.slotTaken = taken;
  }

  public synchronized int places() {
    return places;
  }

  public synchronized int slotTaken() {
    return slotTaken;
  }

  /** Riders who have a place. */
  public synchronized int reserved() {
    return (int) standing.values().stream().map(Places::state).filter(Places::holds).count();
  }

  /** Riders who wait for one. */
  public synchronized int waiting() {
    return (int) standing.values().stream().map(Places::state).filter("APPLIED"::equals).count();
  }

  private static String state(JsonNode enrolment) {
    return enrolment.path("state").asText();
  }

  private static boolean holds(String state) {
    return !state.equals("APPLIED") && !state.equals("REJECTED") && !state.equals("FAILED");
  }

  /** What cannot be, each a sentence. */
  public synchronized List<String> amiss() {
    List<String> amiss = new ArrayList<>();
    if (reserved() > places || used > places) {
      amiss.add(
          "The campaign has %d places; %d riders have one and it counts %d."
              .formatted(places, reserved(), used));
    }
    if (waiting() > 0 && reserved() < places) {
      amiss.add(
          "%d riders wait for a place in the campaign and %d of %d are free."
              .formatted(waiting(), places - reserved(), places));
    }
    List<Integer> positions =
        standing.values().stream()
            .filter(one -> state(one).equals("APPLIED"))
            .map(one -> one.path("waitingPosition").asInt())
            .sorted()
            .toList();
    for (int i = 0; i < positions.size(); i++) {
      if (positions.get(i) != i + 1) {
        amiss.add("Those who wait for a place are told to be " + positions + ".");
        break;
      }
    }
    if (slotTaken > slotPlaces) {
      amiss.add("The slot has %d places; %d are taken.".formatted(slotPlaces, slotTaken));
    }
    return amiss;
  }
}
